import type { EngineInfo, RepositoryInfo } from '@tandem/engine/port.ts';
import { type Finding, failed, notKnown } from '@tandem/shared/domain/doctor/finding.ts';
import {
  limitFinding,
  locationFinding,
  noRepository,
  readOnlyFinding,
  repositoryFinding,
  writableFinding,
} from '@tandem/shared/domain/doctor/repository-findings.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { repositoryChangedWords } from '@tandem/shared/domain/repository/repository-identity.ts';
import type { CheckRun } from './perform.ts';
import type { DoctorEngine, DoctorSources } from './sources.ts';

/** Why nothing can be tried in the repository; undefined: it can. */
export type Usable = Promise<string | undefined>;

/** A snapshot more could push one of Optimize's out. */
const ROOM_TO_TRY = 4;

const CHECKS = ['repository', 'repository-writable', 'repository-location', 'repository-limit'] as const;

const unknownRest = (finding: Finding): readonly Finding[] => [
  finding,
  ...CHECKS.slice(1).map((check) => notKnown(check, 'The repository cannot be read.', undefined)),
];

const unread = (name: string, error: unknown): Finding => {
  if (isFailure(error, 'REPOSITORY_UNKNOWN'))
    return failed('repository', `${name} is not registered in the engine.`, `Register it: PUT _snapshot/${name}.`, {
      name,
    });
  if (isFailure(error, 'REPOSITORY_UNAVAILABLE'))
    return failed('repository', error.message, 'Check its storage, and the log of the engine.', { name });
  throw error;
};

const changesOf = async ({ history }: DoctorSources, { clusterUuid }: EngineInfo, name: string) => {
  if (history === undefined) return undefined;
  // another check reports that PostgreSQL does not respond
  const changed = await history.changedRepositories().catch(() => undefined);
  return changed
    ?.filter(
      ({ acceptedAt, location }) =>
        acceptedAt === undefined && location.clusterUuid === clusterUuid && location.repository === name,
    )
    .map(repositoryChangedWords);
};

const locationOf = async (sources: DoctorSources, info: EngineInfo, repository: RepositoryInfo): Promise<Finding> => {
  const changes = await changesOf(sources, info, repository.name);
  return changes === undefined
    ? notKnown('repository-location', 'PostgreSQL cannot be asked for the recorded location.', undefined)
    : locationFinding(repository, changes);
};

const writableOf = async (engine: DoctorEngine, { name, readOnly }: RepositoryInfo): Promise<Finding> => {
  if (readOnly !== undefined) return readOnlyFinding(name, readOnly);
  try {
    return writableFinding(
      name,
      (await engine.verifyRepository(name)).map((node) => node.name),
    );
  } catch (error) {
    if (isFailure(error, 'REPOSITORY_UNAVAILABLE'))
      return failed('repository-writable', error.message, 'Check its storage on those nodes, and free disk space.', {
        name,
      });
    if (isFailure(error, 'ENGINE_FORBIDDEN', 'ENGINE_REFUSED'))
      return notKnown('repository-writable', 'The engine does not let this user verify repositories.', undefined);
    throw error;
  }
};

/** The repository's checks, and whether something can be tried in it. */
export const repositoryRun = (
  sources: DoctorSources,
  engine: DoctorEngine,
  info: EngineInfo,
): { readonly check: CheckRun; readonly usable: Usable } => {
  const usable = Promise.withResolvers<string | undefined>();
  const run = async (): Promise<readonly Finding[]> => {
    const { repository: name } = sources;
    if (name === undefined) return unknownRest(noRepository());
    const repository = await engine.readRepository(name).catch((error: unknown) => unread(name, error));
    if ('check' in repository) return unknownRest(repository);
    const [writable, location] = await Promise.all([
      writableOf(engine, repository),
      locationOf(sources, info, repository),
    ]);
    const { snapshotsLeft = ROOM_TO_TRY } = repository;
    if (snapshotsLeft < ROOM_TO_TRY) usable.resolve('the repository keeps too few more snapshots');
    else usable.resolve(writable.result === 'fail' ? 'the repository cannot be written to' : undefined);
    return [repositoryFinding(repository), writable, location, limitFinding(repository)];
  };
  const check = { checks: CHECKS, run: () => run().finally(() => usable.resolve('the repository cannot be read')) };
  return { check, usable: usable.promise };
};
