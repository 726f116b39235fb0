import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CreateMemory, nothingYet, readMemory, seenAgain, writeMemory } from './create-memory.ts';

const nothing: CreateMemory = { sentAt: undefined, accepted: false, ...nothingYet };
const stored = (detail: object) => JSON.parse(JSON.stringify(detail));

it('reads what it wrote, of each part by itself', () => {
  const flag = fc.boolean();
  const count = fc.nat({ max: 9 });
  const memories = fc.record({
    ...{ sentAt: fc.option(fc.date({ noInvalidDate: true }), { nil: undefined }), accepted: flag, vanished: count },
    ...{ missed: flag, interrupted: count, early: count, distrusted: flag },
    differed: fc.option(fc.string(), { nil: undefined }),
  });
  fc.assert(
    fc.property(memories, memories, (one, other) => {
      const detail = stored({ ...writeMemory(1, one), ...writeMemory(2, other) });
      expect([readMemory(detail, 1), readMemory(detail, 2)]).toEqual([one, other]);
    }),
  );
});

it.each([
  ['nothing', {}],
  ['null', { part1: null }],
  ['a text', { part1: 'sent' }],
  ['another part', writeMemory(2, { ...nothing, accepted: true })],
  ['no field', { part1: {} }],
  [
    'fields of other types',
    {
      part1: {
        ...{ sentAt: 1, accepted: 'true', vanished: '1', missed: 1, interrupted: true, early: null, differed: 1 },
        distrusted: 'true',
      },
    },
  ],
])('remembers nothing of a part where the detail has %s', (_, detail) => {
  expect(readMemory(detail, 1)).toEqual(nothing);
});

it('forgets that a part was missed once it is seen again, and nothing else', () => {
  const missed = { ...nothing, missed: true, accepted: true, vanished: 2, sentAt: new Date(1_000) };
  const detail = stored({
    ...{ other: 1, ...writeMemory(1, missed), ...writeMemory(2, { ...nothing, accepted: true }) },
    ...writeMemory(3, missed),
  });
  expect(seenAgain(detail, [1, 2])).toEqual(writeMemory(1, { ...missed, missed: false }));
  expect(seenAgain(detail, [])).toEqual({});
});
