import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { changeHub, type Revision } from './change-hub.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const open = (revision: Revision) => {
  const asked: (readonly string[])[] = [];
  let tell: (backupIds: readonly string[]) => void = () => undefined;
  const now = { ...revision };
  const hub = changeHub({
    history: {
      revisionsOf: async (backupIds) => {
        asked.push(backupIds);
        return backupIds.map((backupId) => ({ backupId, ...now }));
      },
    },
    feed: {
      listen: (listener) => {
        tell = listener;
        return () => undefined;
      },
      announce: () => undefined,
      close: async () => undefined,
    },
    log: { warn: () => undefined, info: () => undefined } as unknown as Logger,
    everyMs: 5_000,
  });
  return { hub, asked, now, tell: (ids: readonly string[]) => tell(ids) };
};

const ended = (revision: Revision) => revision.ended;
const { signal } = new AbortController();

it('answers what was seen last when the time is up, and asks for nobody after that', async () => {
  const { hub, asked } = open({ lastEventId: '7', ended: false });
  const answer = hub.until('b', ended, { withinMs: 2_000, signal });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await answer).toEqual({ lastEventId: '7', ended: false });
  const before = asked.length;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toHaveLength(before);
  expect(vi.getTimerCount()).toBe(1);
});

it('asks once after a change for all who wait', async () => {
  const { hub, asked, now, tell } = open({ lastEventId: '7', ended: false });
  const answers = Array.from({ length: 100 }, () => hub.until('b', ended, { withinMs: 60_000, signal }));
  await vi.advanceTimersByTimeAsync(0);
  const before = asked.length;
  Object.assign(now, { ended: true });
  tell(['b']);
  await Promise.all(answers);
  expect(before).toBeLessThanOrEqual(2);
  expect(asked).toHaveLength(before + 1);
});

it('looks outside once a poll for all who wait, never twice at once, and tells what came of it', async () => {
  const { hub, now } = open({ lastEventId: '7', ended: false });
  let looks = 0;
  let letGo: () => void = () => undefined;
  const refresh = () => {
    looks += 1;
    if (looks === 2) Object.assign(now, { ended: true });
    return new Promise<void>((resolve) => {
      letGo = resolve;
    });
  };
  const answers = Array.from({ length: 100 }, () => hub.until('b', ended, { withinMs: 60_000, signal, refresh }));
  const other = hub.until('other', ({ lastEventId }) => lastEventId === '8', { withinMs: 60_000, signal });
  await vi.advanceTimersByTimeAsync(12_000);
  expect(looks).toBe(1);
  letGo();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(looks).toBe(2);
  letGo();
  expect(await Promise.all(answers)).toHaveLength(100);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(looks).toBe(2);
  Object.assign(now, { lastEventId: '8' });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await other).toMatchObject({ lastEventId: '8' });
});

it('continues when a refresh fails', async () => {
  const { hub, now } = open({ lastEventId: '7', ended: false });
  let looks = 0;
  const refresh = async () => {
    looks += 1;
    if (looks === 1) throw new Error('away');
    Object.assign(now, { ended: true });
  };
  const answer = hub.until('b', ended, { withinMs: 60_000, signal, refresh });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await answer).toMatchObject({ ended: true });
});

it('finds a change without a notification at the next slow poll', async () => {
  const { hub, now } = open({ lastEventId: '7', ended: false });
  const answer = hub.until('b', ended, { withinMs: 60_000, signal });
  await vi.advanceTimersByTimeAsync(1_000);
  Object.assign(now, { ended: true });
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await answer).toEqual({ lastEventId: '7', ended: true });
});
