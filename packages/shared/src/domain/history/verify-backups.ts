import type { ExportedBackup } from '../../contract/exported-backup.ts';
import type { ExportedEvent } from '../../contract/exported-event.ts';
import { disagreements, disagreementWords, foldBackup, type ToldBackup } from './fold-backup.ts';
import type { Tampering } from './tampering.ts';

/** What is wrong with a backup whose events tell this. Undefined: none begins it. */
export const lookAtBackup = (backup: ExportedBackup, told: ToldBackup | undefined, now: Date): readonly Tampering[] => {
  const named = `backup ${backup.backupId} (key ${backup.key})`;
  if (told === undefined) return [{ kind: 'backup.inserted', where: named, seal: undefined }];
  return disagreements(backup, told, now).map((disagreement) => ({
    kind: 'backup.changed',
    where: `${named}: ${disagreementWords(disagreement)}`,
    seal: undefined,
  }));
};

export const removedBackup = (key: string, backupId: string | null): Tampering => ({
  kind: 'backup.removed',
  where: `backup ${backupId ?? 'without an id'} (key ${key})`,
  seal: undefined,
});

/** The same for lists that are read once: memory holds a line for each backup that the events tell of. */
export const backupsLook = (now: Date) => {
  const told = new Map<string, ToldBackup | undefined>();
  return {
    event: (event: ExportedEvent): void => {
      if (event.backupKey !== null) told.set(event.backupKey, foldBackup(told.get(event.backupKey), event));
    },
    /** After all events. */
    backup: (backup: ExportedBackup): readonly Tampering[] => {
      const found = lookAtBackup(backup, told.get(backup.key), now);
      told.delete(backup.key);
      return found;
    },
    /** After all backups. */
    end: (): readonly Tampering[] => [...told].map(([key, one]) => removedBackup(key, one?.backupId ?? null)),
  };
};
