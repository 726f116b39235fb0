import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { type MutationName, mutations } from './mutations/mutations.ts';
import { runSeeds } from './run/run-seeds.ts';
import type { Verdict } from './run/verdict.ts';
import { simulate } from './simulate.ts';

const SEEDS = 20_000;
/** As many of them as fit into this time, and at least so many. */
const FIXED = { forMs: 240_000, atLeast: 5_000 };
/** Others every day, so that the promises are not fitted to the fixed ones. */
const ROTATING = 1_000;
const DAY_MS = 86_400_000;
/** Each defect must be found within this many; MUTATIONS.md has what it took. */
const MUTATION_SEEDS = 8_000;
const THREADS = 2;

const traceHash = async (seed: number): Promise<string> => {
  const hash = createHash('sha256');
  await simulate(seed, { trace: (line) => hash.update(`${line}\n`) });
  return hash.digest('hex');
};

describe('the simulation', () => {
  const violations = (broken: readonly Verdict[]) =>
    broken.map(({ seed, violation }) => `npm run simulate -- --seed ${seed}: ${violation?.message}`);

  it(`keeps every promise over as many of ${SEEDS} seeds as time allows`, { timeout: 900_000 }, async () => {
    const until = performance.now() + FIXED.forMs;
    const goesOn = (ran: number): boolean => ran < FIXED.atLeast || performance.now() < until;
    const { ran, broken } = await runSeeds({ from: 1, seeds: SEEDS, threads: THREADS, stopAtFirst: false, goesOn });
    console.info(`simulation: seeds 1 to ${ran}`);
    expect(violations(broken)).toEqual([]);
    expect(ran).toBeGreaterThanOrEqual(FIXED.atLeast);
  });

  it(`keeps every promise over ${ROTATING} seeds of the day`, { timeout: 300_000 }, async () => {
    const from = 1_000_000 + Math.floor(Date.now() / DAY_MS) * ROTATING;
    console.info(`simulation: seeds ${from} to ${from + ROTATING - 1} today`);
    const { broken } = await runSeeds({ from, seeds: ROTATING, threads: THREADS, stopAtFirst: false });
    expect(violations(broken)).toEqual([]);
  });

  it('is the same run for the same seed, step by step', async () => {
    for (let seed = 1; seed <= 50; seed += 1) expect(await traceHash(seed)).toBe(await traceHash(seed));
    expect(await traceHash(1)).not.toBe(await traceHash(2));
  });

  it('reads no clock, no timer and no chance but its own', async () => {
    const real = globalThis.Date;
    const forbidden = (what: string) => () => {
      throw new Error(`${what} was asked`);
    };
    globalThis.Date = class extends real {
      constructor(...given: ConstructorParameters<typeof real> | []) {
        if (given.length === 0) forbidden('new Date()')();
        super(...(given as ConstructorParameters<typeof real>));
      }
      static override now = forbidden('Date.now');
    } as unknown as typeof Date;
    const spies = [
      vi.spyOn(Math, 'random').mockImplementation(forbidden('Math.random')),
      vi.spyOn(performance, 'now').mockImplementation(forbidden('performance.now')),
      vi.spyOn(globalThis, 'setTimeout').mockImplementation(forbidden('setTimeout')),
      vi.spyOn(globalThis, 'setInterval').mockImplementation(forbidden('setInterval')),
      vi.spyOn(globalThis.crypto, 'randomUUID').mockImplementation(forbidden('randomUUID')),
    ];
    const verdicts: Verdict[] = [];
    try {
      for (let seed = 1; seed <= 50; seed += 1) verdicts.push(await simulate(seed));
    } finally {
      globalThis.Date = real;
      for (const spy of spies) spy.mockRestore();
    }
    expect(verdicts.filter(({ violation }) => violation !== undefined)).toEqual([]);
    expect(spies.every((spy) => spy.mock.calls.length === 0)).toBe(true);
  });

  it('runs what it promises to: backups that complete, that fail, that are cancelled and deleted', async () => {
    const verdicts: Verdict[] = [];
    for (let seed = 1; seed <= 200; seed += 1) verdicts.push(await simulate(seed));
    const sum = (count: 'completed' | 'failed' | 'cancelled' | 'deleted') =>
      verdicts.reduce((total, verdict) => total + verdict[count], 0);
    expect(sum('completed')).toBeGreaterThan(300);
    expect(sum('failed')).toBeGreaterThan(5);
    expect(sum('cancelled')).toBeGreaterThan(30);
    expect(sum('deleted')).toBeGreaterThan(30);
  });
});

describe('a deliberate defect', () => {
  const names = Object.keys(mutations) as MutationName[];

  it.each(names)('%s is found', { timeout: 600_000 }, async (mutation) => {
    const { broken } = await runSeeds({
      from: 1,
      seeds: MUTATION_SEEDS,
      threads: THREADS,
      stopAtFirst: true,
      mutation,
    });
    expect(broken).toHaveLength(1);
  });
});
