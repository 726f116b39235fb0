import { createHash } from 'node:crypto';
import type { BackupWithEvents, SealHistory } from '@tandem/history/ports/seals.ts';
import type { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import type { BackupProof, Seal } from '@tandem/shared/contract/seals.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { hasId, spansOf, spanWords, without } from '@tandem/shared/domain/history/seal/id-spans.ts';
import { type Digest, hex, inclusionProof, merkleRoot } from '@tandem/shared/domain/history/seal/merkle.ts';
import { eventLeaf, sealHash } from '@tandem/shared/domain/history/seal/seal.ts';
import { type FoldedBackup, foldBackup } from '@tandem/shared/domain/history/verify/fold-backup.ts';
import type { Tampering } from '@tandem/shared/domain/history/verify/tampering.ts';
import { checkBackup, removedBackup } from '@tandem/shared/domain/history/verify/verify-backups.ts';

export type ProveBackup = {
  readonly history: Pick<
    SealHistory,
    | 'eventsNaming'
    | 'sealsOf'
    | 'eventsIn'
    | 'incarnationsWithEvents'
    | 'keysWithoutBackup'
    | 'sealsAfter'
    | 'eventsAreQuiet'
  >;
  readonly now: () => Date;
};

const MAX_EVENTS = 1_000;

const sha256: Digest = (bytes) => createHash('sha256').update(bytes).digest();

/** BACKUP_NOT_FOUND: no backup and no event has that id. HISTORY_UNREACHABLE. */
export const proveBackup =
  ({ history, now }: ProveBackup) =>
  async (backupId: string): Promise<BackupProof> => {
    const [{ events, count }, backups] = await Promise.all([
      history.eventsNaming(backupId, MAX_EVENTS),
      history.incarnationsWithEvents(backupId),
    ]);
    if (count === 0 && backups.length === 0) {
      throw fail('BACKUP_NOT_FOUND', `No backup and no event has the id ${backupId}.`, { backupId });
    }
    const seals = await history.sealsOf(events.map(({ id }) => id));
    const sealed = await Promise.all(seals.map((seal) => openSeal(history, seal)));
    const proven = events.map((event) => provenEvent(event, sealed));
    const findings = [
      ...sealed.flatMap(sealFindings),
      ...(await insertedAmong(history, proven)),
      ...(await missingFrom(history, events, backups)),
      ...backups.flatMap((one) => checkBackup(one.backup, folded(one), now())),
    ];
    return {
      backupId,
      intact: findings.length === 0,
      findings: findings.map(({ seal, ...finding }) => ({ ...finding, seal: seal ?? null })),
      backups: backups.map(({ backup }) => backup),
      events: proven,
      allEvents: events.length === count,
      moreEvents: count - events.length,
      unsealed: proven.filter(({ seal }) => seal === null).length,
      seals: [...seals],
    };
  };

type Opened = { readonly seal: Seal; readonly ids: readonly string[]; readonly leaves: readonly Uint8Array[] };

const openSeal = async (history: ProveBackup['history'], seal: Seal): Promise<Opened> => {
  const events = await history.eventsIn(seal.events);
  return { seal, ids: events.map(({ id }) => id), leaves: events.map((event) => eventLeaf(sha256, event)) };
};

const provenEvent = (event: ExportedEvent, sealed: readonly Opened[]): BackupProof['events'][number] => {
  const leaf = hex(eventLeaf(sha256, event));
  const owner = sealed.find(({ seal }) => hasId(seal.events, event.id));
  if (owner === undefined) return { event, leaf, seal: null, proof: [] };
  const proof = inclusionProof(sha256, owner.leaves, owner.ids.indexOf(event.id));
  return { event, leaf, seal: owner.seal.number, proof: proof.map(({ side, hash }) => ({ side, hash: hex(hash) })) };
};

const sealFindings = ({ seal, ids, leaves }: Opened): readonly Tampering[] => {
  const { number } = seal;
  const lost = without(seal.events, spansOf(ids));
  if (sealHash(sha256, seal) !== seal.hash) return [{ kind: 'seal.changed', where: `seal ${number}`, seal: number }];
  if (lost.length > 0) return [{ kind: 'event.removed', where: `events ${spanWords(lost)}`, seal: number }];
  if (hex(merkleRoot(sha256, leaves)) === seal.root) return [];
  return [{ kind: 'event.changed', where: `among events ${spanWords(seal.events)}`, seal: number }];
};

/** Events in no seal, although the last seal covered their ids and does not wait for them. */
const insertedAmong = async (
  history: ProveBackup['history'],
  proven: BackupProof['events'],
): Promise<readonly Tampering[]> => {
  const unsealed = proven.filter(({ seal }) => seal === null);
  if (unsealed.length === 0) return [];
  const { seal: number } = await history.eventsAreQuiet();
  const [last] = number === 0 ? [] : await history.sealsAfter(number - 1, 1);
  if (last === undefined) return [];
  const mayCome = ({ id }: ExportedEvent) => BigInt(id) > BigInt(last.through) || hasId(last.waiting, id);
  const inserted = unsealed.filter(({ event }) => !mayCome(event));
  const unlisted = await history.sealsOf(inserted.map(({ event }) => event.id));
  return inserted
    .filter(({ event }) => !unlisted.some(({ events }) => hasId(events, event.id)))
    .map(({ event }) => ({ kind: 'event.inserted', where: `event ${event.id} of ${event.at}`, seal: last.number }));
};

/** Backups that events belong to and that are missing, or have another id now. */
const missingFrom = async (
  history: ProveBackup['history'],
  events: readonly ExportedEvent[],
  there: readonly BackupWithEvents[],
): Promise<readonly Tampering[]> => {
  const found = new Set(there.map(({ backup }) => backup.key));
  const named = new Map(
    events.flatMap(({ backupKey: key, backupId }) => (key === null || found.has(key) ? [] : [[key, backupId]])),
  );
  const lost = named.size === 0 ? [] : await history.keysWithoutBackup([...named.keys()]);
  return [...named].map(([key, backupId]) =>
    lost.includes(key)
      ? removedBackup(key, backupId)
      : { kind: 'backup.changed', where: `backup ${backupId} (key ${key}): its backupId is another`, seal: undefined },
  );
};

const folded = ({ events }: BackupWithEvents): FoldedBackup | undefined =>
  events.reduce<FoldedBackup | undefined>(foldBackup, undefined);
