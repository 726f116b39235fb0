import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { events } from '../verify/sealed-history.fixture.ts';
import type { Digest } from './merkle.ts';
import { eventsRoot, inOrder, nextSeal } from './seal.ts';

const sha256: Digest = (bytes) => createHash('sha256').update(bytes).digest();
const ids = (...wanted: readonly string[]) => events.filter(({ id }) => wanted.includes(id));
const sealedAt = '2026-03-01T12:00:00.000000Z';

it('orders events by their ids as numbers', () => {
  expect(inOrder(['10', '9', '100', '2'].map((id) => ({ id }))).map(({ id }) => id)).toEqual(['2', '9', '10', '100']);
});

it('has one root for the same events in any order', () => {
  expect(eventsRoot(sha256, events.toReversed())).toBe(eventsRoot(sha256, events));
});

it('starts the chain, and waits for the ids below the highest that did not appear', () => {
  const seal = nextSeal(sha256, { last: undefined, sealedAt, events: ids('1', '2', '5'), nothingWaits: false });
  const contents = { number: 1, previous: null, count: 3, through: '5', sealedAt };
  expect(seal).toMatchObject({
    ...contents,
    events: [
      ['1', '2'],
      ['5', '5'],
    ],
    waiting: [['3', '4']],
  });
});

it.each([
  [false, [['3', '3']]],
  [true, []],
])('goes no further back where only a late event appears; nothing else can: %s', (nothingWaits, waiting) => {
  const last = {
    number: 7,
    hash: 'ab',
    through: '12',
    waiting: [
      ['3', '3'],
      ['8', '8'],
    ] as [string, string][],
  };
  const seal = nextSeal(sha256, { last, sealedAt, events: ids('8'), nothingWaits });
  expect(seal).toMatchObject({ number: 8, previous: 'ab', events: [['8', '8']], through: '12', waiting });
});
