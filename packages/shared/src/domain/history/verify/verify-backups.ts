import type { ExportedBackup } from '../../../contract/exported-backup.ts';
import type { ExportedEvent } from '../../../contract/exported-event.ts';
import { disagreements, disagreementWords, type FoldedBackup, foldBackup } from './fold-backup.ts';
import type { Tampering } from './tampering.ts';

/** What is wrong with a backup, given the fold of its events. Undefined: no event begins it. */
export const checkBackup = (
  backup: ExportedBackup,
  folded: FoldedBackup | undefined,
  now: Date,
): readonly Tampering[] => {
  const named = `backup ${backup.backupId} (key ${backup.key})`;
  if (folded === undefined) return [{ kind: 'backup.inserted', where: named, seal: undefined }];
  return disagreements(backup, folded, now).map((disagreement) => ({
    kind: 'backup.changed',
    where: `${named}: ${disagreementWords(disagreement)}`,
    seal: undefined,
  }));
};

/** The finding that events name a backup which is not recorded. `backupId` null: the events do not name its id. */
export const removedBackup = (key: string, backupId: string | null): Tampering => ({
  kind: 'backup.removed',
  where: `backup ${backupId ?? 'without an id'} (key ${key})`,
  seal: undefined,
});

/** The same for lists that are read once: memory holds one entry for each backup of the events. */
export const backupsCheck = (now: Date) => {
  const folded = new Map<string, FoldedBackup | undefined>();
  return {
    event: (event: ExportedEvent): void => {
      if (event.backupKey !== null) folded.set(event.backupKey, foldBackup(folded.get(event.backupKey), event));
    },
    /** After all events. */
    backup: (backup: ExportedBackup): readonly Tampering[] => {
      const found = checkBackup(backup, folded.get(backup.key), now);
      folded.delete(backup.key);
      return found;
    },
    /** After all backups. */
    end: (): readonly Tampering[] => [...folded].map(([key, one]) => removedBackup(key, one?.backupId ?? null)),
  };
};
