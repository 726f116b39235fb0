import { expect, it } from 'vitest';
import { cleanedUp } from './cleaned-up.ts';

const never = new Promise<never>(() => undefined);

it('waits for what a late trial deletes, however that ends', async () => {
  const lines: string[] = [];
  const report = (line: string) => void lines.push(line);
  await cleanedUp(() => never, [], report);
  expect(lines).toEqual([]);
  const [deleted, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let isDone = false;
  const waiting = cleanedUp(() => never, [deleted.promise, gone.promise], report).then(() => {
    isDone = true;
  });
  deleted.resolve();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(isDone).toBe(false);
  gone.reject(new Error('away'));
  await waiting;
  expect(lines).toEqual(['Waiting until the scratch index and snapshot are deleted.']);
});

it('waits no longer than 30 s', async () => {
  const slept: number[] = [];
  const lines: string[] = [];
  await cleanedUp(
    async (ms) => void slept.push(ms),
    [never],
    (line) => lines.push(line),
  );
  expect(slept).toEqual([30_000]);
  expect(lines.at(-1)).toMatch(/not deleted yet/);
});
