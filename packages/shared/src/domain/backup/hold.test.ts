import { describe, expect, it } from 'vitest';
import { type Hold, livingHold, SAFETY_HOLD_DAYS, safetyHold, safetyHoldAfter, withLabels } from './hold.ts';

const actor = { kind: 'anonymous', address: '192.0.2.1' } as const;
const now = new Date('2026-03-01T12:00:00.000Z');
const until = (time: string | null): Hold => ({
  ...{ reason: 'law', until: time, actor, requestId: 'request-1', at: '2026-01-01T00:00:00.000Z' },
});

describe('a hold', () => {
  it.each([
    ['without an end', until(null), true],
    ['until later', until('2026-03-01T12:00:00.001Z'), true],
    ['until now', until('2026-03-01T12:00:00.000Z'), false],
    ['until earlier', until('2026-03-01T11:59:59.999Z'), false],
  ])('%s is in force: %j -> %s', (_, hold, lives) => {
    expect(livingHold(hold, now)).toEqual(lives ? hold : undefined);
  });

  it('is none where none was set', () => {
    expect(livingHold(undefined, now)).toBeUndefined();
  });
});

it('changes the labels that are named, removes those that are null, and keeps the others', () => {
  expect(withLabels({ env: 'test', team: 'a', gone: 'x' }, { team: 'b', gone: null, absent: null, added: '' })).toEqual(
    {
      ...{ env: 'test', team: 'b', added: '' },
    },
  );
});

describe('the hold of a safety backup', () => {
  const held = safetyHold('restore-1', actor, 'request-1', now);
  const ended = new Date('2026-03-02T00:00:00.000Z');

  it('has no end while its restore is open', () => {
    expect(held).toEqual({
      ...{ reason: 'safety backup of restore restore-1', until: null, actor, requestId: 'request-1' },
      at: '2026-03-01T12:00:00.000Z',
    });
  });

  it('lasts some days after the restore has ended, and is otherwise as it was', () => {
    expect(SAFETY_HOLD_DAYS).toBe(7);
    expect(safetyHoldAfter(held, 'restore-1', ended)).toEqual({ ...held, until: '2026-03-09T00:00:00.000Z' });
  });

  it.each<[string, Hold | undefined]>([
    ['released', undefined],
    ['given an end', { ...held, until: '2026-12-31T00:00:00.000Z' }],
    ['given an end that is earlier', { ...held, until: '2026-03-02T00:00:00.000Z' }],
    ['given another reason', { ...held, reason: 'law' }],
    ['given another reason and an end', until('2026-12-31T00:00:00.000Z')],
    ['set for another restore', safetyHold('restore-2', actor, undefined, now)],
  ])('stays as an operator left it: %s', (_, hold) => {
    expect(safetyHoldAfter(hold, 'restore-1', ended)).toBeUndefined();
  });
});
