import { newCreate } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { describe, expect, it } from 'vitest';
import { watchClock } from './watch-clock.ts';

const log = { warn: () => undefined } as unknown as Logger;

/** `pass` moves both clocks, `jump` that of PostgreSQL alone. */
const setUp = () => {
  let [database, monotonic] = [1_000_000, 0];
  const history = inMemoryHistory({ now: () => new Date(database) });
  const events = { onAnswer: (): unknown => undefined };
  const farLeases = async (limit: number) => {
    const answer = await history.farLeases(limit);
    events.onAnswer();
    return answer;
  };
  const clock = watchClock({ history: { ...history, farLeases }, now: () => monotonic, log });
  const jump = (ms: number) => {
    database += ms;
  };
  const pass = (ms: number) => {
    monotonic += ms;
    jump(ms);
  };
  const time = { database: () => new Date(database), monotonic: () => monotonic };
  return { history, clock, jump, pass, events, time };
};

it('ends a lease that lies too far ahead once its row has not changed for its length', async () => {
  const { history, clock, jump, pass } = setUp();
  await history.takeLease('seal', 'dead', 10_000);
  await clock.observe();
  jump(-600_000);
  await clock.observe();
  pass(9_000);
  await clock.observe();
  expect(await history.takeLease('seal', 'other', 10_000)).toBe(false);
  pass(1_000);
  await clock.observe();
  expect(await history.takeLease('seal', 'other', 10_000)).toBe(true);
});

it('leaves it to a holder that lives, and an operation to the worker that renews it', async () => {
  const { history, clock, jump, pass } = setUp();
  await history.accept(newCreate(1, 'nightly'));
  const [{ operationId } = { operationId: '' }] = await history.listOperations({}, undefined, 1);
  const options = { worker: 'w', leaseMs: 10_000, createsPerRepository: 1, queuedRetryMs: 1_000 };
  await history.claim(operationId, options);
  jump(-600_000);
  for (let thirds = 0; thirds < 6; thirds += 1) {
    await clock.observe();
    pass(3_000);
    jump(-600_000);
    expect(await history.renew(operationId, 2, 10_000)).toBe(true);
    jump(-600_000);
  }
  await clock.observe();
  expect(await history.claim(operationId, options)).toMatchObject({ why: 'leased' });
  pass(10_000);
  await clock.observe();
  expect(await history.claim(operationId, options)).toMatchObject({ claimed: true });
});

it('knows by how much the clock jumped forward while it lived', async () => {
  const { clock, jump, pass } = setUp();
  await clock.observe();
  pass(86_400_000);
  await clock.observe();
  expect(clock.jumpedMs()).toBe(0);
  jump(18_000_000);
  pass(5_000);
  await clock.observe();
  jump(-18_000_000);
  await clock.observe();
  expect(clock.jumpedMs()).toBe(18_000_000);
});

it('takes no jump from an answer that waited while its process was stopped', async () => {
  const { clock, jump, pass, events } = setUp();
  expect(await clock.observe()).toBe(true);
  events.onAnswer = () => pass(43_200_000);
  expect(await clock.observe()).toBe(false);
  events.onAnswer = () => undefined;
  pass(3_000);
  expect(await clock.observe()).toBe(true);
  expect(clock.jumpedMs()).toBe(0);
  jump(18_000_000);
  expect(await clock.observe()).toBe(true);
  expect(clock.jumpedMs()).toBe(18_000_000);
});

it('counts a jump as the most that slow answers let it be', async () => {
  const { clock, jump, pass, events } = setUp();
  await clock.observe();
  jump(60_000);
  events.onAnswer = () => pass(2_000);
  await clock.observe();
  events.onAnswer = () => undefined;
  await clock.observe();
  expect(clock.jumpedMs()).toBe(60_000);
});

describe('the time by which a period is judged', () => {
  const MINUTE = 60_000;
  /** After these steps: how much of a period counts that began at the `since` step, if it was begun by then. */
  const counted = async (
    steps: readonly (readonly [step: 'since' | 'pass' | 'jump' | 'look' | 'start', ms?: number])[],
  ) => {
    const { history, time, jump, pass } = setUp();
    let since = new Date(0);
    let clock = watch(history, time);
    for (const [step, ms = 0] of steps) {
      if (step === 'since') since = time.database();
      else if (step === 'pass') pass(ms);
      else if (step === 'jump') jump(ms);
      else if (step === 'look') await clock.observe();
      else clock = watch(history, time);
    }
    return (await clock.nowSince(since, time.database())).getTime() - since.getTime();
  };
  const watch = (history: Parameters<typeof watchClock>[0]['history'], { monotonic }: { monotonic: () => number }) =>
    watchClock({ history, now: monotonic, log });

  it.each([
    ['is that of PostgreSQL', [['look'], ['pass', 5_000], ['since'], ['pass', 30_000]], 30_000],
    ['leaves out a jump forward', [['look'], ['since'], ['pass', 1_000], ['jump', 10 * MINUTE]], 1_000],
    [
      'leaves out one that was corrected meanwhile too',
      [['look'], ['since'], ['pass', 1_000], ['jump', 10 * MINUTE], ['look'], ['pass', 2_000], ['jump', -10 * MINUTE]],
      3_000,
    ],
    [
      'counts from after a jump what began after it',
      [['look'], ['jump', 10 * MINUTE], ['pass', 1_000], ['look'], ['since'], ['pass', 30_000]],
      30_000,
    ],
    [
      'does not count what nobody saw: the process began later',
      [['since'], ['pass', 30_000], ['jump', 10 * MINUTE], ['start'], ['look'], ['pass', 2_000]],
      2_000,
    ],
    [
      'counts from its own beginning what is no time that it saw',
      [
        ...[['since'], ['pass', 2 * MINUTE], ['start'], ['look'], ['jump', -90 * MINUTE], ['look'], ['pass', MINUTE]],
        ...[['jump', 90 * MINUTE], ['look'], ['pass', MINUTE]],
      ],
      2 * MINUTE,
    ],
    [
      'counts the shorter where two times read the same',
      [['look'], ['pass', MINUTE], ['look'], ['jump', -MINUTE], ['look'], ['since'], ['pass', 5_000]],
      5_000,
    ],
    [
      'follows two clocks that drift apart',
      [
        ...Array.from({ length: 60 }, () => [['look'], ['pass', MINUTE], ['jump', 1_000]] as const).flat(),
        ['look'],
        ['since'],
        ['pass', 5_000],
      ],
      5_000,
    ],
  ] as const)('%s', async (_, steps, expected) => {
    expect(await counted(steps)).toBe(expected);
  });

  it('lies ahead of now by nothing where the clock was put back', async () => {
    const { clock, jump, time } = setUp();
    await clock.observe();
    const since = time.database();
    jump(-10 * MINUTE);
    expect(await clock.nowSince(since, time.database())).toEqual(time.database());
  });

  it('has not moved where the comparison took too long to tell', async () => {
    const { clock, pass, time, events } = setUp();
    await clock.observe();
    const since = time.database();
    pass(30_000);
    events.onAnswer = () => pass(6_000);
    expect(await clock.nowSince(since, time.database())).toEqual(since);
  });
});
