import { createHash } from 'node:crypto';
import { ExportedBackup } from '@tandem/shared/contract/exported-backup.ts';
import { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import { Seal } from '@tandem/shared/contract/seals.ts';
import type { Digest } from '@tandem/shared/domain/history/seal/merkle.ts';
import type { ChainTrust } from '@tandem/shared/domain/history/seal/seal-chain.ts';
import type { Tampering } from '@tandem/shared/domain/history/verify/tampering.ts';
import { backupsCheck } from '@tandem/shared/domain/history/verify/verify-backups.ts';
import { type VerifiedEvents, verifyEvents } from '@tandem/shared/domain/history/verify/verify-events.ts';
import { type ExportCheck, exportedRows } from './exported-rows.ts';
import { inIdOrder } from './in-id-order.ts';
import type { Lines } from './read-lines.ts';

export type Verified = VerifiedEvents & {
  /** Backups that were compared with their events; undefined: none were given. */
  readonly backups: number | undefined;
  /** Files without a last line that marks them as complete. */
  readonly notKnownComplete: readonly string[];
};

export type Found = (tampering: Tampering) => void;

export const sha256: Digest = (bytes) => createHash('sha256').update(bytes).digest();

export type Exports = {
  readonly events: Lines | undefined;
  readonly seals: Lines | undefined;
  readonly backups: Lines | undefined;
  /**
   * Called once everything was read: the keys of backups that changed after `events` were exported, which are not compared with them. Absent:
   * none did.
   */
  readonly changedSince?: () => Promise<ReadonlySet<string>>;
};

/** Verifies exports, without the database. Rejects with CannotVerify if they are not exports. */
export const verifyExports = async (
  exports: Exports & { readonly events: Lines; readonly seals: Lines },
  trust: ChainTrust,
  found: Found,
): Promise<Verified> => {
  const backupCheck = backupsCheck(new Date());
  const { check, notKnownComplete } = exportCheck(found);
  const events = inIdOrder(exportedRows(exports.events, ExportedEvent, check), exports.events.name);
  const checkedEvents = exports.backups === undefined ? events : noted(events, backupCheck.event);
  const verified = await verifyEvents(sha256, exportedRows(exports.seals, Seal), checkedEvents, trust, found);
  if (exports.backups === undefined) return { ...verified, backups: undefined, notKnownComplete };
  const { count, findings } = await compareBackups(exportedRows(exports.backups, ExportedBackup, check), backupCheck);
  const moved = await (exports.changedSince ?? noneChanged)();
  for (const [key, tampering] of findings) if (!moved.has(key)) found(tampering);
  for (const tampering of backupCheck.end()) found(tampering);
  return { ...verified, backups: count, notKnownComplete };
};

const noneChanged = async (): Promise<ReadonlySet<string>> => new Set();

const compareBackups = async (backups: AsyncIterable<ExportedBackup>, check: ReturnType<typeof backupsCheck>) => {
  const findings: [key: string, tampering: Tampering][] = [];
  let count = 0;
  for await (const backup of backups) {
    count += 1;
    for (const tampering of check.backup(backup)) findings.push([backup.key, tampering]);
  }
  return { count, findings };
};

/** The result for exports without seals. */
export type ReadExports = {
  /** Number of rows; undefined: no such file was given. */
  readonly events: number | undefined;
  readonly backups: number | undefined;
  readonly notKnownComplete: readonly string[];
};

/** Checks by their last lines whether exports are unchanged. Rejects with CannotVerify if they are not exports. */
export const readExports = async ({ events, backups }: Exports, found: Found): Promise<ReadExports> => {
  const { check, notKnownComplete } = exportCheck(found);
  return {
    events:
      events === undefined
        ? undefined
        : await countOf(inIdOrder(exportedRows(events, ExportedEvent, check), events.name)),
    backups: backups === undefined ? undefined : await countOf(exportedRows(backups, ExportedBackup, check)),
    notKnownComplete,
  };
};

const exportCheck = (found: Found): { readonly check: ExportCheck; readonly notKnownComplete: readonly string[] } => {
  const notKnownComplete: string[] = [];
  return { check: { found, notKnownComplete: (file) => notKnownComplete.push(file) }, notKnownComplete };
};

const countOf = async (rows: AsyncIterable<unknown>): Promise<number> => {
  let count = 0;
  for await (const _ of rows) count += 1;
  return count;
};

async function* noted<Row>(rows: AsyncIterable<Row>, note: (row: Row) => void): AsyncIterable<Row> {
  for await (const row of rows) {
    note(row);
    yield row;
  }
}
