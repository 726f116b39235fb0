import type { EngineInfo } from '@tandem/engine/port.ts';
import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import { readManifests } from '@tandem/planning/manifests/read-manifests.ts';
import type { BackupCompatibility } from '@tandem/shared/contract/compatibility.ts';
import { type PartRecord, takenParts } from '@tandem/shared/domain/backup/backup.ts';
import { oldestOf } from '@tandem/shared/domain/backup/state/compatibility.ts';
import {
  compatibleEngines,
  type DecidingPart,
  restoresAll,
} from '@tandem/shared/domain/backup/state/compatible-engines.ts';
import { versionName } from '@tandem/shared/domain/backup/state/engine-releases.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { Manifests } from '@tandem/shared/domain/restore/manifest/manifest.ts';
import type { FoundRecord } from '../backups/read/find-record.ts';
import type { RequestContext } from '../http/route.ts';
import { attempted, runningAnswer, verdictAnswer } from './engine-answers.ts';

export type ReadCompatibility = {
  readonly findRecord: (backupId: string, context: RequestContext) => Promise<FoundRecord>;
  readonly history: Pick<RestoreHistory, 'keepContents' | 'readContents'>;
  readonly engine: () => Promise<EngineInfo>;
};

/**
 * Which engines can restore a backup, from its recorded versions alone. An engine that does not respond leaves out the running one. Rejects as
 * `findRecord`, and with BACKUP_DELETED.
 */
export const readCompatibility =
  ({ findRecord, history, engine }: ReadCompatibility) =>
  async (backupId: string, context: RequestContext): Promise<BackupCompatibility> => {
    const [{ record }, info] = await Promise.all([findRecord(backupId, context), attempted(engine)]);
    if (record.deletedAt !== undefined) {
      const deletedAt = record.deletedAt.toISOString();
      throw fail('BACKUP_DELETED', `Backup ${backupId} was deleted at ${deletedAt}: there is nothing to restore.`, {
        ...{ backupId, deletedAt },
      });
    }
    const { byPart } = await readManifests(history, record.parts);
    const parts = takenParts(record.parts).map((part) => createdIn(part, byPart.get(part.number)));
    const deciding = parts.map(({ part }) => part);
    return {
      ...{ backupId: record.backupId, optimizeVersion: record.optimizeVersion },
      running: info.value ? { ...runningAnswer(info.value), restores: restoresAll(deciding, info.value) } : null,
      runningUnknown: info.why ?? null,
      engines: compatibleEngines(deciding).map(verdictAnswer),
      parts: parts.map(partAnswer),
    };
  };

type Created = {
  readonly record: PartRecord;
  readonly part: DecidingPart;
  /** The indices that each version created; those of which none was recorded are left out. */
  readonly byVersion: ReadonlyMap<number, readonly string[]>;
  readonly unrecorded: readonly string[];
};

const createdIn = (record: PartRecord, manifests: Manifests | undefined): Created => {
  const shapes = manifests?.before.shapes ?? [];
  const versions = new Map(shapes.map(({ name, createdVersion }) => [name, createdVersion]));
  const known = record.indices.flatMap((name) => {
    const createdVersion = versions.get(name);
    return createdVersion === undefined ? [] : [{ name, createdVersion }];
  });
  const unrecorded = record.indices.filter((name) => !versions.has(name));
  const grouped = Map.groupBy(known, ({ createdVersion }) => createdVersion);
  const byVersion = new Map(
    [...grouped].sort(([one], [other]) => one - other).map(([version, all]) => [version, all.map(({ name }) => name)]),
  );
  const { number, versionId } = record;
  const oldestIndex = record.oldestIndex ?? oldestOf(known);
  const part = { number, versionId, oldestIndex, hasUnrecorded: unrecorded.length > 0 };
  return { record, part, byVersion, unrecorded };
};

const partAnswer = ({ record, part, byVersion, unrecorded }: Created): BackupCompatibility['parts'][number] => {
  const { number, snapshotName, indices } = record;
  const { versionId } = part;
  const ofVersion = ([created, names]: readonly [number, readonly string[]]) => {
    const [index = ''] = names;
    const oldestIndex = { index, createdVersion: created };
    const { indices: listed, count } = cutList('indices', names.toSorted());
    const verdicts = compatibleEngines([{ number, versionId: created, oldestIndex, hasUnrecorded: false }]);
    return {
      ...{ createdBy: versionName(created), versionId: created, count, indices: [...listed] },
      engines: verdicts.map(verdictAnswer),
    };
  };
  return {
    ...{ number, snapshotName, takenBy: versionId === undefined ? null : versionName(versionId) },
    versionId: versionId ?? null,
    engines: compatibleEngines([part]).map(verdictAnswer),
    indexCount: indices.length,
    unrecordedCount: unrecorded.length,
    unrecorded: [...cutList('unrecorded', unrecorded.toSorted()).unrecorded],
    created: [...byVersion].map(ofVersion),
  };
};
