import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { newCreate } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { Seal } from '@tandem/shared/contract/seals.ts';
import type { Digest } from '@tandem/shared/domain/history/seal/merkle.ts';
import type { SealHead } from '@tandem/shared/domain/history/seal/seal.ts';
import { expect, it } from 'vitest';
import { LeaseLost } from '../lease.ts';
import { BATCH, createSealer, type Sealing } from './seal.ts';
import { sealSigner } from './seal-signer.ts';

const digest: Digest = (bytes) => createHash('sha256').update(bytes).digest();

const sealing = (given: Partial<Sealing> = {}) => {
  const history = inMemoryHistory({ now: () => new Date('2026-03-01T12:00:00Z') });
  const lines: { readonly level: string; readonly fields: Record<string, unknown>; readonly line: string }[] = [];
  const at = (level: string) => (fields: Record<string, unknown>, line: string) => lines.push({ level, fields, line });
  const log = { info: at('info'), warn: at('warn'), error: at('error') } as unknown as Logger;
  return {
    lines,
    options: {
      history,
      digest,
      signer: undefined,
      mark: async () => undefined,
      log,
      ...given,
    },
    history,
  };
};

const term = { assertHeld: () => undefined };
const refused = { kind: 'backup.refused', actor: { kind: 'system', name: 'x' }, source: 'api', backupId: 'x' } as const;

it('catches up batch by batch, and logs each seal', async () => {
  const { options, history, lines } = sealing();
  await history.appendEvents(Array(2 * BATCH + 3).fill(refused));
  expect(await createSealer(options)(term)).toBe(2 * BATCH + 3);
  const seals = await history.sealsAfter(0, 10);
  expect(seals.map(({ count }) => count)).toEqual([BATCH, BATCH, 3]);
  expect(lines.map(({ line, fields }) => [line, fields.number, fields.hash, fields.through])).toEqual(
    seals.map(({ number, hash, through }) => ['sealed', number, hash, through]),
  );
  expect(await createSealer(options)(term)).toBe(0);
});

it('stops between two batches where another process seals by now', async () => {
  const { options, history } = sealing();
  await history.appendEvents(Array(2 * BATCH).fill(refused));
  let calls = 0;
  const assertHeld = () => {
    calls += 1;
    if (calls > 1) throw new LeaseLost('another has it');
  };
  await expect(createSealer(options)({ assertHeld })).rejects.toThrow(LeaseLost);
  expect((await history.sealsAfter(0, 10)).map(({ count }) => count)).toEqual([BATCH]);
});

it('writes nothing where another wrote the number meanwhile', async () => {
  const { options, history, lines } = sealing();
  await history.accept(newCreate(1, 'nightly'));
  const late = createSealer({ ...options, history: { ...history, addSeal: async () => false } });
  expect(await late(term)).toBe(0);
  expect(lines).toEqual([]);
});

it('signs with the key that it is given', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const signer = sealSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
  const { options, history } = sealing({ signer });
  await history.accept(newCreate(1, 'nightly'));
  await createSealer(options)(term);
  const [seal] = await history.sealsAfter(0, 10);
  const signature = Buffer.from(seal?.signature ?? '', 'base64');
  expect(
    verify(
      null,
      Buffer.from(seal?.hash ?? ''),
      createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
      signature,
    ),
  ).toBe(true);
  expect(seal?.keyId).toBe(
    createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex'),
  );
});

it.each([
  ['nobody was writing, all that came late was read, and nobody has sealed since', {}, []],
  ['somebody was writing', { quiet: false }, [['5', '5']]],
  ['more has come late than was read', { isLateComplete: false }, [['5', '5']]],
  ['another seal was written in between', { seal: 1 }, [['5', '5']]],
])('waits no longer for an event that never appeared only where %s', async (_, change, waiting) => {
  const { options, history } = sealing();
  await history.appendEvents([refused]);
  const last: SealHead = { number: 2, hash: 'ab'.repeat(32), through: '9', waiting: [['5', '5']] };
  const { quiet, seal, isLateComplete } = { quiet: true, seal: 2, isLateComplete: true, ...change };
  const sealed: Seal[] = [];
  const altered: Sealing['history'] = {
    eventsAreQuiet: async () => ({ quiet, seal }),
    unsealedEvents: async (limit) => ({ ...(await history.unsealedEvents(limit)), last, isLateComplete }),
    addSeal: async (one) => sealed.push(one) > 0,
  };
  expect(await createSealer({ ...options, history: altered })(term)).toBe(1);
  expect(sealed).toMatchObject([{ number: 3, through: '9', waiting }]);
});

it.each([
  ['gone', undefined],
  ['another', { number: 1, hash: 'ab'.repeat(32), through: '1', waiting: [] }],
])('says aloud that the seal it wrote is %s', async (_, last) => {
  const { options, history, lines } = sealing();
  let tampered = false;
  const unsealedEvents: typeof history.unsealedEvents = async (limit) =>
    tampered ? { ...(await history.unsealedEvents(limit)), last } : history.unsealedEvents(limit);
  const sealer = createSealer({ ...options, history: { ...history, unsealedEvents } });
  await history.accept(newCreate(1, 'nightly'));
  await sealer(term);
  tampered = true;
  await sealer(term);
  expect(lines.filter(({ level }) => level === 'error').map(({ fields }) => fields.seal)).toEqual([1]);
});
