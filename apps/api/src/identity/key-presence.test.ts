import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { expect, it } from 'vitest';
import { keyPresence } from './key-presence.ts';

const AWAY = fail('HISTORY_UNREACHABLE', 'PostgreSQL does not respond.');

const setUp = () => {
  let answer: () => Promise<boolean> = async () => false;
  const rounds: (() => void)[] = [];
  const errors: unknown[] = [];
  let asked = 0;
  const presence = keyPresence({
    hasKeys: () => {
      asked += 1;
      return answer();
    },
    everyMs: 2_000,
    sleep: () => new Promise<void>((resolve) => void rounds.push(resolve)),
    onError: (error) => void errors.push(error),
  });
  return {
    presence,
    errors,
    asked: () => asked,
    answers: (next: () => Promise<boolean>) => {
      answer = next;
    },
    /** The next round of the watch; false: there is none. */
    pass: async () => {
      const next = rounds.shift();
      next?.();
      await new Promise((resolve) => setImmediate(resolve));
      return next !== undefined;
    },
  };
};

it('is not known before the first answer', async () => {
  const { presence, answers } = setUp();
  expect(presence.known()).toBeUndefined();
  answers(() => Promise.reject(AWAY));
  expect(await presence.ask()).toBeUndefined();
  answers(async () => false);
  expect(await presence.ask()).toBe(false);
  expect(presence.known()).toBe(false);
});

it('stays what it was while PostgreSQL is away, and other errors are reported', async () => {
  const { presence, answers, errors } = setUp();
  await presence.ask();
  answers(() => Promise.reject(AWAY));
  expect(await presence.ask()).toBe(false);
  expect(errors).toEqual([]);
  answers(() => Promise.reject(new Error('a bug')));
  expect(await presence.ask()).toBe(false);
  expect(errors).toHaveLength(1);
});

it('is asked again and again until there was a key, and then never again', async () => {
  const { presence, answers, asked, pass } = setUp();
  presence.watch();
  for (let round = 1; round <= 3; round += 1) {
    expect(await pass()).toBe(true);
    expect([presence.known(), asked()]).toEqual([false, round]);
  }
  answers(async () => true);
  await pass();
  expect(presence.known()).toBe(true);
  answers(async () => false);
  expect(await pass()).toBe(false);
  expect(await presence.ask()).toBe(true);
});

it('is asked once for many callers at a time, and not after the stop', async () => {
  const { presence, asked, pass } = setUp();
  await Promise.all([presence.ask(), presence.ask(), presence.ask()]);
  expect(asked()).toBe(1);
  presence.watch();
  presence.stop();
  await pass();
  expect(await pass()).toBe(false);
  expect(asked()).toBe(1);
});
