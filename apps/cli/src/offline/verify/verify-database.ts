import type { SealHistory } from '@tandem/history/ports/seals.ts';
import type { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import { Seal } from '@tandem/shared/contract/seals.ts';
import type { ChainTrust } from '@tandem/shared/domain/history/seal/seal-chain.ts';
import { type FoldedBackup, foldBackup } from '@tandem/shared/domain/history/verify/fold-backup.ts';
import { checkBackup, removedBackup } from '@tandem/shared/domain/history/verify/verify-backups.ts';
import { verifyEvents } from '@tandem/shared/domain/history/verify/verify-events.ts';
import { type Found, sha256, type Verified } from '../../exports/verify-exports.ts';

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
