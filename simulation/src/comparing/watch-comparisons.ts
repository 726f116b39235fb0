import type { DiscoveredSet } from '@tandem/history/ports/backups.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { DriftChange } from '@tandem/shared/domain/reconciliation/drift.ts';
import { isActive } from '../watch/watched.ts';
import type { Watching } from '../watch/watching.ts';

type Noted = { readonly state: boolean; readonly parts: readonly number[] };

/** What comparisons of the history with the repositories write down. */
export const watchComparisons = ({
  accepted,
  engine,
  broken,
  staleMs,
}: Pick<Watching, 'accepted' | 'engine' | 'broken' | 'staleMs'>) => {
  /** Since when what is written was so, by what is written. */
  const begins = new WeakMap<object, number>();

  const onNote = (key: string, event: NewEvent, drift: readonly DriftChange[], noted: Noted): void => {
    const since = begins.get(event);
    const operation = [...accepted.values()].find(({ backupKey }) => backupKey === key);
    if (since === undefined || operation === undefined || (!noted.state && noted.parts.length === 0)) return;
    const { backupId, location, parts } = operation.create;
    // nobody works on what is suspended, perhaps for years
    if ([operation, ...operation.deletions].some(isActive))
      broken('compared', `${backupId} is under way, and a reconciliation wrote down what it found`);
    operation.isDrifting = true;
    operation.settled = undefined;
    const lists = engine.listsSince(location.repository, since - staleMs);
    for (const { number, uuid, found } of drift.filter((change) => noted.parts.includes(change.number))) {
      const name = parts.find((part) => part.number === number)?.snapshotName ?? '';
      const wasSo = lists.some((list) => {
        const there = list.find((snapshot) => snapshot.name === name);
        if (found === undefined) return there?.uuid === uuid;
        return found.is === 'vanished' ? there === undefined : there?.uuid === found.uuid;
      });
      if (!wasSo)
        broken('compared', `part ${number} of ${backupId} is written down as ${found?.is ?? 'present'}, and was not`);
    }
  };

  const onDiscover = (set: DiscoveredSet): void => {
    const since = begins.get(set);
    if (since === undefined) return;
    const seen = engine.listsSince(set.location.repository, since - staleMs).flat();
    for (const { snapshotName, uuid } of set.parts.filter((part) => part.uuid !== undefined)) {
      const snapshot = seen.find((one) => one.uuid === uuid && one.name === snapshotName);
      const { operationId } = snapshot?.owner ?? {};
      if (snapshot === undefined) broken('compared', `${snapshotName} (${uuid}) was discovered, and was not there`);
      if (operationId !== undefined && accepted.has(operationId))
        broken('compared', `${snapshotName} was discovered, and is of ${operationId}`);
    }
  };

  return {
    /** A reconciliation is about to write this. */
    onCompared: (written: object, since: number): void => void begins.set(written, since),
    onNote,
    onDiscover,
  };
};
