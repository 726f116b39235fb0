import { expect, it } from 'vitest';
import { keysInDoubt } from './keys-in-doubt.ts';

/** A PostgreSQL that refuses until it is switched over. */
const setUp = () => {
  let answers = false;
  let open = 0;
  let atOnce = 0;
  const released: string[] = [];
  const history = {
    releaseKey: async (key: string) => {
      open += 1;
      atOnce = Math.max(atOnce, open);
      await Promise.resolve();
      open -= 1;
      if (!answers) throw new Error('away');
      released.push(key);
    },
  };
  const stop = new AbortController();
  const releaseLater = keysInDoubt({ history, stopping: stop.signal, everyMs: 1 });
  const answer = () => {
    answers = true;
  };
  return { releaseLater, answer, released, stop, atOnce: () => atOnce };
};

it('releases every key once PostgreSQL answers, one at a time', async () => {
  const { releaseLater, answer, released, atOnce } = setUp();
  for (const key of ['one', 'two', 'one']) releaseLater(key);
  await expect.poll(atOnce).toBe(1);
  expect(released).toEqual([]);
  answer();
  await expect.poll(() => released).toEqual(['one', 'two']);
  releaseLater('three');
  await expect.poll(() => released).toEqual(['one', 'two', 'three']);
  expect(atOnce()).toBe(1);
});

it('ends with the process', async () => {
  const { releaseLater, answer, released, stop } = setUp();
  answer();
  stop.abort();
  releaseLater('one');
  await new Promise((resolve) => setImmediate(resolve));
  expect(released).toEqual([]);
});
