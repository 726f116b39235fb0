import type { HistoryMark } from '@tandem/shared/domain/history/rollback/history-mark.ts';
import { expect, it } from 'vitest';
import { markSource } from './mark-source.ts';

const mark: HistoryMark = { historyId: 'h', epoch: 'e', eventId: '7', digest: 'd', at: '2026-01-01T00:00:00.000Z' };

/** A source that holds the mark; `fail` makes its next reads reject. */
const setUp = () => {
  let at = 0;
  let reads = 0;
  let why: string | undefined;
  const read = async () => {
    reads += 1;
    if (why !== undefined) throw new Error(why);
    return [mark];
  };
  return {
    source: markSource('redis', read, () => at),
    reads: () => reads,
    pass: (ms: number) => {
      at += ms;
    },
    fail: (message: string | undefined) => {
      why = message;
    },
  };
};

it('knows nothing before its first read', () => {
  const { source } = setUp();
  expect([source.marks(), source.wasRead(), source.unread()]).toEqual([[], false, undefined]);
});

it('names itself in what it read', async () => {
  const { source } = setUp();
  await source.refresh(1_000);
  expect(source.marks()).toEqual([{ ...mark, source: 'redis' }]);
  expect([source.wasRead(), source.unread()]).toEqual([true, undefined]);
});

it.each([
  [999, 1],
  [1_000, 2],
])('after %i ms of the 1,000 for which a read counts has read %i times', async (ms, expected) => {
  const { source, reads, pass } = setUp();
  await source.refresh(1_000);
  pass(ms);
  await source.refresh(1_000);
  expect(reads()).toBe(expected);
});

it('reads once at a time', async () => {
  const { source, reads } = setUp();
  await Promise.all([source.refresh(0), source.refresh(0)]);
  expect(reads()).toBe(1);
});

it('keeps the last marks, and says why, while its source fails; it tries again after a second', async () => {
  const { source, reads, pass, fail } = setUp();
  await source.refresh(0);
  fail('Redis is away');
  pass(1);
  await source.refresh(0);
  expect([source.marks().length, source.wasRead(), source.unread()]).toEqual([1, true, 'Redis is away']);
  pass(999);
  await source.refresh(0);
  expect(reads()).toBe(2);
  fail(undefined);
  pass(1);
  await source.refresh(0);
  expect([reads(), source.unread()]).toEqual([3, undefined]);
});
