import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Seal } from '../../../contract/seals.ts';
import { events, sealed } from '../verify/sealed-history.fixture.ts';
import type { Digest } from './merkle.ts';
import { nextSeal, sealHash } from './seal.ts';
import { type ChainTrust, chainCheck } from './seal-chain.ts';

const sha256: Digest = (bytes) => createHash('sha256').update(bytes).digest();
const [first, second, third] = sealed(sha256, events) as [Seal, Seal, Seal];

const noTrust: ChainTrust = { checkpoint: new Map(), signatures: undefined };
const look = (seals: readonly Seal[], trust: Partial<ChainTrust> = {}) =>
  seals.flatMap(chainCheck(sha256, { ...noTrust, ...trust }));
const hashed = (seal: Seal): Seal => ({ ...seal, hash: sealHash(sha256, seal) });
/** The second seal with other contents, under a hash that fits them. */
const other = (columns: Partial<Seal>): readonly Seal[] => [first, hashed({ ...second, ...columns })];

describe('a chain of seals', () => {
  it('is accepted as the sealer makes it', () => {
    expect(look([first, second, third])).toEqual([]);
  });

  it('is accepted in whatever order the events of a history appear', () => {
    const [one] = events;
    const batches = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }));
    fc.assert(
      fc.property(batches, (all) => {
        const taken = new Set<number>();
        const seals: Seal[] = [];
        for (const batch of all) {
          const fresh = batch.filter((id) => !taken.has(id));
          if (fresh.length === 0 || one === undefined) continue;
          for (const id of fresh) taken.add(id);
          const found = fresh.map((id) => ({ ...one, id: `${id}` }));
          const rest = { sealedAt: '2026-03-01T12:00:00.000000Z', events: found, nothingWaits: false };
          seals.push(nextSeal(sha256, { last: seals.at(-1), ...rest }));
        }
        expect(look(seals)).toEqual([]);
      }),
    );
  });

  it.each([
    ['the first is gone', [second], 'seal.removed', 'seals 1 to 1'],
    ['two are gone', [third], 'seal.removed', 'seals 1 to 2'],
    ['one comes again', [first, second, first], 'seal.unchained', 'seal 1 comes after seal 2'],
    ['one is another than its hash says', [first, { ...second, sealedAt: 'then' }], 'seal.changed', 'seal 2'],
    ['one counts more events than it names', other({ count: second.count + 1 }), 'seal.changed', 'seal 2'],
    [
      'one follows another seal',
      other({ previous: third.hash }),
      'seal.unchained',
      'seal 2 names another seal as its predecessor',
    ],
  ] as const)('is rejected where %s', (_, seals, kind, where) => {
    expect(look(seals)).toEqual([{ kind, where, seal: seals.at(-1)?.number }]);
  });
});

describe('the events of a seal', () => {
  const [last] = second.events.slice(-1);

  it.each<[string, Partial<Seal>]>([
    ['are not in order', { events: second.events.toReversed() }],
    ['wait in another order', { waiting: second.waiting.toReversed() }],
    ['were sealed before', { events: [['5', '6'], ['8', '8'], ...(last ? [last] : [])], count: 5 }],
    ['are newer than it says', { through: '10', waiting: second.waiting }],
    ['wait though they were sealed before', { waiting: [['2', '2'], ...second.waiting] }],
    [
      'wait though it holds them',
      {
        waiting: [
          ['4', '4'],
          ['7', '9'],
        ],
      },
    ],
    [
      'are passed over without waiting',
      {
        waiting: [
          ['4', '4'],
          ['9', '9'],
        ],
      },
    ],
    ['end before those of the seal before', { through: '4', events: [], count: 0, waiting: [['4', '4']] }],
  ])('break the chain where they %s', (_, columns) => {
    const where = 'seal 2 holds events out of order';
    expect(look(other(columns))).toEqual([{ kind: 'seal.unchained', where, seal: 2 }]);
  });

  it.each<[string, Partial<Seal>]>([
    ['one that was waited for and nothing newer', { through: '5', events: [['4', '4']], count: 1, waiting: [] }],
    [
      'newer ones, and what never came is no longer waited for',
      {
        waiting: [
          ['7', '7'],
          ['9', '9'],
        ],
      },
    ],
  ])('may be %s', (_, columns) => {
    expect(look(other(columns))).toEqual([]);
  });
});

describe('a chain compared with what is trusted', () => {
  it('is rewritten where a seal of the checkpoint has another hash, and nowhere else', () => {
    const kept = new Map([
      [1, first.hash],
      [2, third.hash],
    ]);
    expect(look([first, second, third], { checkpoint: kept })).toEqual([
      { kind: 'seal.rewritten', where: 'seal 2', seal: 2 },
    ]);
  });

  const signatures = { from: 2, check: () => true };
  const signed = (seal: Seal): Seal => ({ ...seal, signature: 'signature', keyId: 'key' });

  it.each<[string, Partial<Seal>, readonly string[]]>([
    ['a signature and a key', {}, []],
    ['no signature', { signature: null }, ['seal.unsigned']],
    ['no key', { keyId: null }, ['seal.unsigned']],
  ])('from the first seal that must be signed, whose has %s', (_, columns, kinds) => {
    const found = look([first, { ...signed(second), ...columns }, signed(third)], { signatures });
    expect(found.map(({ kind, seal }) => `${kind} ${seal}`)).toEqual(kinds.map((kind) => `${kind} 2`));
  });

  it('is forged where the signature does not pass', () => {
    const check = (hash: string) => hash !== third.hash;
    const found = look([first, second, third].map(signed), { signatures: { from: 1, check } });
    expect(found).toEqual([{ kind: 'seal.forged', where: 'seal 3', seal: 3 }]);
  });
});
