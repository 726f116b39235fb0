import type { EngineInfo, IndexListing } from '@tandem/engine/port.ts';
import { clockFinding } from '@tandem/shared/domain/doctor/clock-findings.ts';
import {
  allocationFinding,
  blocksFinding,
  diskFinding,
  engineClusterFinding,
  engineFinding,
  engineVersionsFinding,
  healthFinding,
  shardsFinding,
} from '@tandem/shared/domain/doctor/engine-findings.ts';
import { failed } from '@tandem/shared/domain/doctor/finding.ts';
import { indicesFinding, versionFinding } from '@tandem/shared/domain/doctor/optimize-findings.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { classifyIndices, namesOfClass } from '@tandem/shared/domain/ownership/index-ownership.ts';
import { detectVersion } from '../optimize/optimize-version.ts';
import type { CheckRun, Server } from './perform.ts';
import { privilegesRun } from './privileges.ts';
import { repositoryRun } from './repository.ts';
import { reading, timed } from './servers.ts';
import type { DoctorEngine, DoctorSources } from './sources.ts';

type Indices = () => Promise<readonly IndexListing[]>;

const clusterRun = ({ history }: DoctorSources, engine: DoctorEngine, { clusterUuid }: EngineInfo): CheckRun => ({
  checks: ['engine-cluster'],
  run: async () => {
    const [recorded, { warnings, refusal }] = await Promise.all([
      // another check reports that PostgreSQL does not respond
      history?.lastCluster().catch(() => undefined),
      engine.checkAddresses(),
    ]);
    return [engineClusterFinding(clusterUuid, recorded, warnings, refusal)];
  },
});

const nodesRun = ({ now }: DoctorSources, engine: DoctorEngine): CheckRun => ({
  checks: ['engine-versions', 'engine-clock'],
  run: async () => {
    const read = await timed(now, () => engine.inspectNodes());
    const readings = (read.facts ?? []).flatMap(({ name, clock }) => reading(`node ${name}`, clock, read));
    return [engineVersionsFinding(read.facts), clockFinding('engine-clock', readings)];
  },
});

const capacityRun = (engine: DoctorEngine, indices: Indices): CheckRun => ({
  checks: ['engine-disk', 'engine-shards'],
  run: async () => {
    const [capacity, listed] = await Promise.all([engine.capacity(), indices()]);
    return [diskFinding(capacity), shardsFinding(capacity, listed.length)];
  },
});

const oursAmong = (prefix: string, listed: readonly IndexListing[]): readonly string[] =>
  namesOfClass(
    classifyIndices(
      prefix,
      listed.map(({ name }) => name),
    ),
    'known',
    'ambiguous',
    'unknown',
  );

const conditionsRun = ({ indexPrefix }: DoctorSources, engine: DoctorEngine, indices: Indices): CheckRun => ({
  checks: ['engine-allocation', 'engine-blocks', 'engine-health'],
  run: async () => {
    const names = oursAmong(indexPrefix, await indices());
    const conditions = await engine.clusterConditions(names);
    return [allocationFinding(conditions), blocksFinding(conditions), healthFinding(conditions, new Set(names))];
  },
});

const indicesRun = ({ indexPrefix }: DoctorSources, indices: Indices): CheckRun => ({
  checks: ['optimize-indices'],
  run: async () => [
    indicesFinding(
      indexPrefix,
      classifyIndices(
        indexPrefix,
        (await indices()).map(({ name }) => name),
      ),
    ),
  ],
});

const versionRun = ({ indexPrefix, optimizeVersion }: DoctorSources, engine: DoctorEngine): CheckRun => ({
  checks: ['optimize-version'],
  run: async () => {
    try {
      const { version, source, unused } = await detectVersion(engine, optimizeVersion, indexPrefix);
      return [versionFinding(version, source, unused)];
    } catch (error) {
      if (!isFailure(error, 'VERSION_UNKNOWN', 'VERSION_INVALID')) throw error;
      return [failed('optimize-version', error.message, 'Set CAMUNDA_OPTIMIZE_VERSION.')];
    }
  },
});

/** The engine, its repository, and Optimize's indices in it. */
export const engineServer = (sources: DoctorSources, engine: DoctorEngine): Server<EngineInfo> => {
  let listed: Promise<readonly IndexListing[]> | undefined;
  const indices: Indices = () => {
    listed ??= engine.listIndices(sources.indexPrefix);
    return listed;
  };
  return {
    check: 'engine',
    name: 'The engine',
    remedy: 'Check the URL and the credentials of the engine, and that it runs and can be reached from this machine.',
    read: () => engine.info(),
    evaluate: (info) => [engineFinding(info)],
    dependents: [
      ...(['engine-cluster', 'engine-versions', 'engine-privileges', 'engine-disk', 'engine-shards'] as const),
      ...(['engine-allocation', 'engine-blocks', 'engine-health', 'engine-clock', 'repository'] as const),
      ...(['repository-writable', 'repository-location', 'repository-limit'] as const),
      ...(['optimize-version', 'optimize-indices'] as const),
    ],
    further: (info) => {
      const repository = repositoryRun(sources, engine, info);
      return [
        clusterRun(sources, engine, info),
        nodesRun(sources, engine),
        capacityRun(engine, indices),
        conditionsRun(sources, engine, indices),
        indicesRun(sources, indices),
        versionRun(sources, engine),
        repository.check,
        privilegesRun(sources, engine, repository.usable),
      ];
    },
  };
};
