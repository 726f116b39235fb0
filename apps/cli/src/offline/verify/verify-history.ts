import { createHash } from 'node:crypto';
import type { SealHistory } from '@tandem/history/ports/seals.ts';
import { ExportedBackup } from '@tandem/shared/contract/exported-backup.ts';
import { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import { Seal } from '@tandem/shared/contract/seals.ts';
import type { Digest } from '@tandem/shared/domain/history/seal/merkle.ts';
import type { ChainTrust } from '@tandem/shared/domain/history/seal/seal-chain.ts';
import { type FoldedBackup, foldBackup } from '@tandem/shared/domain/history/verify/fold-backup.ts';
import type { Tampering } from '@tandem/shared/domain/history/verify/tampering.ts';
import { backupsCheck, checkBackup, removedBackup } from '@tandem/shared/domain/history/verify/verify-backups.ts';
import { type VerifiedEvents, verifyEvents } from '@tandem/shared/domain/history/verify/verify-events.ts';
import { type ExportCheck, exportedRows } from './exported-rows.ts';
import { inIdOrder } from './in-id-order.ts';
import type { VerifyFiles } from './verify-arguments.ts';

export type Verified = VerifiedEvents & {
  /** Backups that were compared with their events; undefined: none were given. */
  readonly backups: number | undefined;
  /** Files without a last line that marks them as complete. */
  readonly notKnownComplete: readonly string[];
};

type Found = (tampering: Tampering) => void;

const sha256: Digest = (bytes) => createHash('sha256').update(bytes).digest();

const EVENTS = 2_000;
const SEALS = 500;
const BACKUPS = 200;

/**
 * Verifies the database page by page, while Tandem keeps running: checks the seals that exist at the start, whose events can no longer change.
 * Memory does not grow with the history. Rejects with HISTORY_UNREACHABLE.
 */
export const verifyDatabase = async (history: SealHistory, trust: ChainTrust, found: Found): Promise<Verified> => {
  const { seal } = await history.eventsAreQuiet();
  const verified = await verifyEvents(sha256, sealsUpTo(history, seal, found), allEvents(history, found), trust, found);
  return { ...verified, backups: await verifyAllBackups(history, found), notKnownComplete: [] };
};

/** Every seal in the database, valid or not. */
export async function* storedSeals(history: Pick<SealHistory, 'sealsAfter'>): AsyncIterable<Seal> {
  for (let after = 0; ; ) {
    const page = await history.sealsAfter(after, SEALS);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.number;
  }
}

async function* sealsUpTo(history: SealHistory, number: number, found: Found): AsyncIterable<Seal> {
  for await (const seal of storedSeals(history)) {
    if (seal.number > number) return;
    const { success, data, error } = Seal.safeParse(seal);
    if (success) yield data;
    else {
      const where = `seal ${seal.number}: its ${String(error.issues[0]?.path[0] ?? 'row')} is invalid`;
      found({ kind: 'seal.changed', where, seal: seal.number });
    }
  }
}

async function* allEvents(history: SealHistory, found: Found): AsyncIterable<ExportedEvent> {
  const missing = new Set<string>();
  for (let after: string | undefined; ; ) {
    const page = await history.eventsInOrder(after, EVENTS);
    for (const key of await newlyMissing(history, page, missing)) {
      found(removedBackup(key, page.find(({ backupKey }) => backupKey === key)?.backupId ?? null));
      missing.add(key);
    }
    yield* page;
    after = page.at(-1)?.id;
    if (after === undefined) return;
  }
}

const newlyMissing = async (history: SealHistory, page: readonly ExportedEvent[], known: ReadonlySet<string>) => {
  const keys = [...new Set(page.flatMap(({ backupKey }) => backupKey ?? []))].filter((key) => !known.has(key));
  return keys.length === 0 ? [] : history.keysWithoutBackup(keys);
};

const verifyAllBackups = async (history: SealHistory, found: Found): Promise<number> => {
  let count = 0;
  for (let after: string | undefined; ; ) {
    const page = await history.backupsWithEvents(after, BACKUPS);
    for (const { backup, events } of page) {
      const folded = events.reduce<FoldedBackup | undefined>(foldBackup, undefined);
      for (const tampering of checkBackup(backup, folded, new Date())) found(tampering);
    }
    count += page.length;
    after = page.at(-1)?.backup.key;
    if (after === undefined) return count;
  }
};

/** Verifies exports, without the database. Rejects with CannotVerify if they are not exports. */
export const verifyExports = async (
  files: VerifyFiles & { readonly events: string; readonly seals: string },
  trust: ChainTrust,
  found: Found,
): Promise<Verified> => {
  const backupCheck = backupsCheck(new Date());
  const { check, notKnownComplete } = exportCheck(found);
  const events = inIdOrder(exportedRows(files.events, ExportedEvent, check), files.events);
  const checkedEvents = files.backups === undefined ? events : noted(events, backupCheck.event);
  const verified = await verifyEvents(sha256, exportedRows(files.seals, Seal), checkedEvents, trust, found);
  if (files.backups === undefined) return { ...verified, backups: undefined, notKnownComplete };
  let backups = 0;
  for await (const backup of exportedRows(files.backups, ExportedBackup, check)) {
    backups += 1;
    for (const tampering of backupCheck.backup(backup)) found(tampering);
  }
  for (const tampering of backupCheck.end()) found(tampering);
  return { ...verified, backups, notKnownComplete };
};

/** The result for exports without seals. */
export type ReadExports = {
  /** Number of rows; undefined: no such file was given. */
  readonly events: number | undefined;
  readonly backups: number | undefined;
  readonly notKnownComplete: readonly string[];
};

/** Checks by their last lines whether exports are unchanged. Rejects with CannotVerify if they are not exports. */
export const readExports = async ({ events, backups }: VerifyFiles, found: Found): Promise<ReadExports> => {
  const { check, notKnownComplete } = exportCheck(found);
  return {
    events:
      events === undefined ? undefined : await countOf(inIdOrder(exportedRows(events, ExportedEvent, check), events)),
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
