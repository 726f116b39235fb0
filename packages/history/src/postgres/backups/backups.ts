import type { BackupHistory } from '../../ports/backups.ts';
import type { Database } from '../connection/open-database.ts';
import { accept } from './accept.ts';
import { discover } from './discover.ts';
import { findBackup, findBackupWithDeleted, previousOwnership } from './find-backup.ts';
import { noteState } from './note-state.ts';
import { numberedBackups } from './numbered-backups.ts';
import type { Digest } from './part-rows.ts';

export const backups = (database: Database, digest: Digest): BackupHistory => ({
  accept: accept(database, digest),
  findBackup: findBackup(database),
  findBackupWithDeleted: findBackupWithDeleted(database),
  numberedBackups: numberedBackups(database),
  discover: discover(database, digest),
  noteState: noteState(database, digest),
  previousOwnership: previousOwnership(database),
});
