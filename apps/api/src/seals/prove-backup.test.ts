import { newCreate, requested } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { sealNext, sha256 } from '@tandem/history/testing/sealed.ts';
import { BackupProof } from '@tandem/shared/contract/seals.ts';
import { fromHex, hex, rootOfProof } from '@tandem/shared/domain/history/seal/merkle.ts';
import { eventLeaf } from '@tandem/shared/domain/history/seal/seal.ts';
import { expect, it } from 'vitest';
import { proveBackup } from './prove-backup.ts';

const now = () => new Date('2026-03-01T12:00:00Z');

const sealedHistory = async () => {
  const history = inMemoryHistory({ now });
  await history.accept(newCreate(1, 'nightly'));
  await history.accept(newCreate(2, 'weekly'));
  await history.appendEvents([{ ...requested, kind: 'backup.refused', backupId: 'nightly' }]);
  await sealNext(history);
  return history;
};

type Sealed = Awaited<ReturnType<typeof sealedHistory>>;

const proofWith = async (history: Sealed, changed: Partial<Sealed>, backupId = 'nightly') =>
  BackupProof.parse(await proveBackup({ history: { ...history, ...changed }, now })(backupId));

it('proves each event of a backup: whoever asks can follow it to the root of the seal', async () => {
  const proof = await proofWith(await sealedHistory(), {});
  expect(proof).toMatchObject({
    intact: true,
    findings: [],
    allEvents: true,
    moreEvents: 0,
    unsealed: 0,
    seals: [{ number: 1, count: 3 }],
  });
  expect(proof.events.map(({ event }) => event.kind)).toEqual(['backup.requested', 'backup.refused']);
  for (const { event, leaf, proof: steps } of proof.events) {
    expect(hex(eventLeaf(sha256, event))).toBe(leaf);
    const path = steps.map(({ side, hash }) => ({ side, hash: fromHex(hash) }));
    expect(hex(rootOfProof(sha256, fromHex(leaf), path))).toBe(proof.seals[0]?.root);
  }
});

it('names what is not sealed yet', async () => {
  const history = await sealedHistory();
  await history.appendEvents([{ ...requested, kind: 'backup.refused', backupId: 'nightly' }]);
  expect(await proofWith(history, {})).toMatchObject({
    intact: true,
    unsealed: 1,
    events: [{ seal: 1 }, { seal: 1 }, { seal: null }],
  });
});

it('says where it does not fit', async () => {
  const history = await sealedHistory();
  const kinds = async (changed: Partial<Sealed>, id?: string) =>
    (await proofWith(history, changed, id)).findings.map(({ kind }) => kind);
  const changed: Partial<Sealed> = {
    eventsIn: async (spans) => (await history.eventsIn(spans)).map((event) => ({ ...event, reason: 'another' })),
  };
  expect(await kinds(changed)).toEqual(['event.changed']);
  expect(await kinds({ eventsIn: async (spans) => (await history.eventsIn(spans)).slice(1) })).toEqual([
    'event.removed',
  ]);
  expect(await kinds({ sealsOf: async () => [] })).toEqual(['event.inserted', 'event.inserted']);
  expect(await kinds({ incarnationsWithEvents: async () => [], keysWithoutBackup: async (keys) => keys })).toEqual([
    'backup.removed',
  ]);
  expect(await kinds({ incarnationsWithEvents: async () => [] })).toEqual(['backup.changed']);
  const backups = await history.incarnationsWithEvents('nightly');
  const completed = backups.map(({ backup, events }) => ({
    events,
    backup: { ...backup, state: 'COMPLETED' as const },
  }));
  expect(await kinds({ incarnationsWithEvents: async () => completed })).toEqual(['backup.changed']);
  const unverified = backups.map(({ backup }) => ({ backup, events: [] }));
  expect(await kinds({ incarnationsWithEvents: async () => unverified })).toEqual(['backup.inserted']);
  const seals = async (ids: readonly string[]) => (await history.sealsOf(ids)).map((seal) => ({ ...seal, count: 4 }));
  expect(await kinds({ sealsOf: seals })).toEqual(['seal.changed']);
});

it('knows nothing of an id that nothing tells of', async () => {
  await expect(proofWith(await sealedHistory(), {}, 'nowhere')).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
});
