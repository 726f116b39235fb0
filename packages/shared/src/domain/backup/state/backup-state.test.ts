import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BackupState } from '../backup.ts';
import { backupState, type CreateStatus, type SeenPart } from './backup-state.ts';

/** Every look that one part can have, by a short name. */
const looks = {
  absent: { state: undefined, isRecorded: false, readable: true },
  running: { state: 'IN_PROGRESS', isRecorded: true, readable: true },
  whole: { state: 'SUCCESS', isRecorded: true, readable: true },
  unreadable: { state: 'SUCCESS', isRecorded: true, readable: false },
  partial: { state: 'PARTIAL', isRecorded: true, readable: true },
  failed: { state: 'FAILED', isRecorded: true, readable: true },
  incompatible: { state: 'INCOMPATIBLE', isRecorded: true, readable: true },
  replaced: { state: 'SUCCESS', isRecorded: false, readable: true },
  replacedByUnreadable: { state: 'SUCCESS', isRecorded: false, readable: false },
} as const satisfies Record<string, SeenPart>;
type Look = keyof typeof looks;
const names = Object.keys(looks) as Look[];
const creates: readonly CreateStatus[] = ['none', 'open', 'suspended', 'failed', 'cancelled', 'ended'];

/** The table of ARCHITECTURE.md, written independently: the rows that match; the first one decides. */
const expected = (create: CreateStatus, pair: readonly Look[]): BackupState => {
  const has = (...some: Look[]) => pair.some((look) => some.includes(look));
  if (create === 'failed' || create === 'suspended') return 'FAILED';
  if (create !== 'open' && has('partial', 'failed')) return 'FAILED';
  if (has('unreadable', 'incompatible')) return 'INCOMPATIBLE';
  if (create === 'open' || (create !== 'cancelled' && has('running'))) return 'IN_PROGRESS';
  return pair.every((look) => look === 'whole') ? 'COMPLETED' : 'INCOMPLETE';
};

const combinations = creates.flatMap((create) =>
  names.flatMap((one) => names.map((other) => [create, one, other, expected(create, [one, other])] as const)),
);

describe('the state of a backup of two parts', () => {
  it.each(combinations)('create %s, part 1 %s, part 2 %s -> %s', (create, one, other, state) => {
    expect(backupState(create, [looks[one], looks[other]])).toBe(state);
  });

  it.each([
    ['open', ['whole', 'absent'], 'IN_PROGRESS'],
    ['ended', ['whole', 'absent'], 'INCOMPLETE'],
    ['ended', ['whole', 'replaced'], 'INCOMPLETE'],
    ['ended', ['whole', 'whole'], 'COMPLETED'],
    ['none', ['whole', 'running'], 'IN_PROGRESS'],
    ['cancelled', ['whole', 'running'], 'INCOMPLETE'],
    ['cancelled', ['whole', 'whole'], 'COMPLETED'],
    ['none', ['absent', 'whole'], 'INCOMPLETE'],
    ['ended', ['running', 'failed'], 'FAILED'],
    ['failed', ['whole', 'whole'], 'FAILED'],
  ] as const)('spelled out: create %s, parts %j -> %s', (create, pair, state) => {
    expect(
      backupState(
        create,
        pair.map((look) => looks[look]),
      ),
    ).toBe(state);
  });
});

describe('the state of a backup of any number of parts', () => {
  const look = fc.constantFrom(...names);
  const pairs = fc.tuple(fc.constantFrom(...creates), fc.array(look, { minLength: 1, maxLength: 9 }));

  it('does not depend on the order of the parts', () => {
    fc.assert(
      fc.property(pairs, ([create, parts]) => {
        const seen = parts.map((name) => looks[name]);
        expect(backupState(create, seen.toReversed())).toBe(backupState(create, seen));
      }),
    );
  });

  it('is COMPLETED only when every part is whole and nothing is under way', () => {
    fc.assert(
      fc.property(pairs, ([create, parts]) => {
        const completed =
          backupState(
            create,
            parts.map((name) => looks[name]),
          ) === 'COMPLETED';
        const rests = create === 'none' || create === 'cancelled' || create === 'ended';
        expect(completed).toBe(rests && parts.every((name) => name === 'whole'));
      }),
    );
  });

  it('follows the table for two as for n', () => {
    fc.assert(
      fc.property(pairs, ([create, parts]) => {
        expect(
          backupState(
            create,
            parts.map((name) => looks[name]),
          ),
        ).toBe(expected(create, parts));
      }),
    );
  });

  it('is INCOMPLETE without any part', () => {
    expect(backupState('none', [])).toBe('INCOMPLETE');
  });
});
