import type { SearchEngine } from '@tandem/engine/port.ts';
import type { RollbackHistory } from '@tandem/history/ports/rollback.ts';
import type { ListedSnapshot, Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { type HistoryMark, readMark } from '@tandem/shared/domain/history/rollback/history-mark.ts';
import type { Profile } from '@tandem/shared/domain/profile.ts';

export type SnapshotMarks = {
  readonly engine: Pick<SearchEngine, 'listSnapshots' | 'findSnapshots'>;
  readonly history: Pick<RollbackHistory, 'unseenSnapshots'>;
  readonly profiles: readonly Profile[];
  /** Undefined: no repository is configured, so no snapshot is read. */
  readonly repository: string | undefined;
};

const LOOKED_UP_AT_ONCE = 1_000;
const READ_AT_ONCE = 100;

/**
 * Reads the marks in the metadata of snapshots, but only of snapshots that no operation of this history has seen: the mark of any other one
 * is older than its record. Reads the metadata of a snapshot once. Rejects with the engine's failure if the repository cannot be listed.
 */
export const snapshotMarks = ({
  engine,
  history,
  profiles,
  repository,
}: SnapshotMarks): (() => Promise<readonly HistoryMark[]>) => {
  const known = new Map<string, HistoryMark | undefined>();

  const unseenOf = async (listed: readonly ListedSnapshot[]): Promise<readonly ListedSnapshot[]> => {
    const names = new Set<string>();
    for (const some of chunks(listed, LOOKED_UP_AT_ONCE)) {
      const rows = some.map(({ name, uuid }) => ({ name, uuid }));
      for (const name of await history.unseenSnapshots(rows)) names.add(name);
    }
    return listed.filter(({ name }) => names.has(name));
  };

  return async () => {
    if (repository === undefined) return [];
    const unseen = await unseenOf(await listAll(engine, repository, profiles));
    const unread = unseen.filter(({ uuid }) => !known.has(uuid)).map(({ name }) => name);
    for (const names of chunks(unread, READ_AT_ONCE)) {
      for (const { uuid, owner } of await find(engine, repository, names)) known.set(uuid, readMark(owner?.mark ?? ''));
    }
    return unseen.flatMap(({ uuid }) => known.get(uuid) ?? []);
  };
};

const listAll = async (
  engine: SnapshotMarks['engine'],
  repository: string,
  profiles: readonly Profile[],
): Promise<readonly ListedSnapshot[]> => {
  const listed: ListedSnapshot[] = [];
  for (const prefix of new Set(profiles.map(({ namePrefix }) => `${namePrefix}_`))) {
    listed.push(...(await engine.listSnapshots(repository, prefix)));
  }
  return listed;
};

/** A snapshot that cannot be read does not hide the others. */
const find = async (
  engine: SnapshotMarks['engine'],
  repository: string,
  names: readonly string[],
): Promise<readonly Snapshot[]> => {
  try {
    return await engine.findSnapshots(repository, names);
  } catch (error) {
    if (isFailure(error, 'ENGINE_UNREACHABLE', 'ENGINE_TIMEOUT', 'ENGINE_BUSY', 'CLUSTER_CHANGED')) throw error;
    if (names.length <= 1) return [];
    const found: Snapshot[] = [];
    for (const name of names) found.push(...(await find(engine, repository, [name])));
    return found;
  }
};

const chunks = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
