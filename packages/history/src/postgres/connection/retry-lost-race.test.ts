import { describe, expect, it, vi } from 'vitest';
import { retryLostRace } from './retry-lost-race.ts';

/** As PostgreSQL refuses a row that another process has just written. */
const refusedBy = (constraint: string) =>
  Object.assign(new Error('duplicate key'), { severity: 'ERROR', code: '23505', constraint });

const answers = (...given: readonly (string | undefined | Error)[]) => {
  const left = [...given];
  return vi.fn(async () => {
    const next = left.shift();
    if (next instanceof Error) throw next;
    return next;
  });
};

describe('a statement that may lose a race', () => {
  it.each([
    ['finds something at once', ['found'], 1],
    ['finds nothing at first', [undefined, undefined, 'found'], 3],
    ['is refused by its index at first', [refusedBy('one'), refusedBy('other'), 'found'], 3],
  ])('%s', async (_, given, times) => {
    const ask = answers(...given);
    expect(await retryLostRace(ask, 'one', 'other')).toBe('found');
    expect(ask).toHaveBeenCalledTimes(times);
  });

  it('gives up after five times', async () => {
    const ask = answers(undefined, refusedBy('one'), undefined, undefined, undefined, 'too late');
    expect(await retryLostRace(ask, 'one')).toBeUndefined();
    expect(ask).toHaveBeenCalledTimes(5);
  });

  it.each([
    ['another index', refusedBy('primary key')],
    ['another error', new Error('no connection')],
  ])('rejects with what %s says', async (_, error) => {
    await expect(retryLostRace(answers(error, 'found'), 'one')).rejects.toBe(error);
  });
});
