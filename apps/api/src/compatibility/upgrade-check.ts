import type { CreatedIndex } from '@tandem/engine/index-port.ts';
import type { EngineInfo } from '@tandem/engine/port.ts';
import type { VersionedBackup, VersionHistory } from '@tandem/history/ports/versions.ts';
import { MAX_COUNTED, type UpgradeCheck, type UpgradeCheckQuery } from '@tandem/shared/contract/compatibility.ts';
import { whyUnreadable } from '@tandem/shared/domain/backup/state/compatibility.ts';
import { type EngineRelease, engineRelease, versionName } from '@tandem/shared/domain/backup/state/engine-releases.ts';
import {
  readingTarget,
  type UpgradeEffects,
  upgradeEffects,
} from '@tandem/shared/domain/backup/state/upgrade-effects.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { type Attempted, attempted, runningAnswer } from './engine-answers.ts';

export type CheckUpgrade = {
  readonly history: VersionHistory;
  readonly engine: {
    readonly info: () => Promise<EngineInfo>;
    readonly createdVersions: (prefix: string) => Promise<readonly CreatedIndex[]>;
  };
  readonly indexPrefix: string;
};

/**
 * What another engine could not restore, of the recorded backups, and not read, of the indices in the running engine; the engine that does not respond
 * leaves the latter unknown. REQUEST_INVALID, CURSOR_INVALID, HISTORY_UNREACHABLE, QUERY_TOO_LONG.
 */
export const checkUpgrade =
  ({ history, engine, indexPrefix }: CheckUpgrade) =>
  async ({ engine: kind, version, cursor, limit }: UpgradeCheckQuery): Promise<UpgradeCheck> => {
    const release = engineRelease(kind, version);
    if (release === undefined) throw fail('REQUEST_INVALID', `version must be supported, found ${version}.`);
    const after = cursor === undefined ? undefined : readCursor(cursor, { kind, version });
    const [info, live, recorded] = await Promise.all([
      attempted(engine.info),
      attempted(() => engine.createdVersions(indexPrefix)),
      history.recordedVersions(),
    ]);
    const target = readingTarget(release, info.value);
    const effects = upgradeEffects(recorded, target);
    const [page, unusable, undecided] = await Promise.all([
      history.backupsOfVersions(effects.unusable, after, limit + 1),
      history.countBackupsOfVersions(effects.unusable, MAX_COUNTED),
      history.countBackupsOfVersions(effects.undecided, MAX_COUNTED),
    ]);
    const items = page.slice(0, limit);
    const last = page.length > limit ? items.at(-1) : undefined;
    return {
      ...{ engine: kind, version, running: info.value ? runningAnswer(info.value) : null },
      backups: {
        ...{ unusable: counted(unusable), undecided: counted(undecided) },
        items: items.map((backup) => backupAnswer(backup, effects, target)),
        nextCursor: last === undefined ? null : writeCursor(last.key, { kind, version }),
      },
      indices: indicesAnswer(live, target),
    };
  };

const counted = (count: number) => ({ count, isMinimum: count === MAX_COUNTED });

type Item = UpgradeCheck['backups']['items'][number];

const backupAnswer = (backup: VersionedBackup, effects: UpgradeEffects, target: EngineRelease): Item => ({
  ...{ backupId: backup.backupId, optimizeVersion: backup.optimizeVersion, repository: backup.location.repository },
  ...{ requestedAt: backup.requestedAt.toISOString(), safetyOf: backup.safetyOf ?? null },
  parts: backup.parts.flatMap((part) => partAnswer(part, effects, target)),
});

const partAnswer = (
  { number, snapshotName, versionId, oldestIndex }: VersionedBackup['parts'][number],
  { unusable }: UpgradeEffects,
  target: EngineRelease,
): Item['parts'] => {
  const answer = (id: number, index: string | null) => {
    const why = whyUnreadable(id, target);
    return why === undefined ? [] : [{ number, snapshotName, index, version: versionName(id), versionId: id, why }];
  };
  if (versionId !== undefined && unusable.snapshots.includes(versionId)) return answer(versionId, null);
  const isOld = oldestIndex !== undefined && unusable.oldestIndices.includes(oldestIndex.createdVersion);
  return isOld ? answer(oldestIndex.createdVersion, oldestIndex.index) : [];
};

const indicesAnswer = (live: Attempted<readonly CreatedIndex[]>, target: EngineRelease): UpgradeCheck['indices'] => {
  if (live.value === undefined)
    return { known: false, unknownReason: live.why, checked: null, unreadableCount: null, unreadable: [] };
  const all = live.value.flatMap(({ name, createdVersion }) => {
    const why = whyUnreadable(createdVersion, target);
    return why === undefined
      ? []
      : [{ index: name, createdBy: versionName(createdVersion), versionId: createdVersion, why }];
  });
  const { unreadable, count } = cutList('unreadable', all);
  return {
    ...{ known: true, unknownReason: null, checked: live.value.length },
    ...{ unreadableCount: count, unreadable: [...unreadable] },
  };
};
