import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { describe, expect, it } from 'vitest';
import { engineAddresses } from './engine-addresses.ts';

const away = (reason: string) => fail('ENGINE_UNREACHABLE', reason, { call: 'info', reason });

/** Addresses a, b and c; their replies, the record and the clock can be changed. */
const listOf = (answers: Record<string, string | undefined>, recorded?: string) => {
  const world = {
    answers,
    recorded: async (): Promise<string | undefined> => recorded,
    now: 0,
    compared: [] as string[],
  };
  const addresses = engineAddresses({
    targets: Object.keys(answers).map((url) => ({ url })),
    clusterAt: async ({ url }) => {
      world.compared.push(url);
      const found = world.answers[url];
      if (found === undefined) throw away('connect ECONNREFUSED');
      return found;
    },
    recordedCluster: () => world.recorded(),
    now: () => world.now,
  });
  const next = async (compareNow = false, tried: readonly string[] = []) =>
    (await addresses.next(new Set(tried), compareNow))?.url;
  const turns = async (count: number) => {
    const used: (string | undefined)[] = [];
    for (let at = 0; at < count; at += 1) used.push(await next());
    return used;
  };
  return { world, addresses, next, turns };
};

const SECOND = 1_000;

describe('Several addresses of a cluster', () => {
  it('are compared once, then used round-robin', async () => {
    const { world, turns } = listOf({ a: 'x', b: 'x', c: 'x' });
    expect(await turns(6)).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
    expect(world.compared).toEqual(['a', 'b', 'c']);
  });

  it('are compared again after a while, and just before a call that changes something', async () => {
    const { world, next } = listOf({ a: 'x', b: 'x' });
    await next();
    world.compared.length = 0;
    expect(await next(true)).toBe('b');
    expect(world.compared).toEqual(['b']);
    world.now += 11 * SECOND;
    expect(await next()).toBe('a');
    expect(world.compared).toEqual(['b', 'a']);
  });

  it('are skipped while they do not answer, and polled ever more rarely', async () => {
    const { world, addresses, turns } = listOf({ a: undefined, b: 'x' });
    expect(await turns(3)).toEqual(['b', 'b', 'b']);
    expect(world.compared).toEqual(['a', 'b']);
    expect(addresses.refusals()).toEqual([{ url: 'a', reason: 'connect ECONNREFUSED' }]);
    for (let second = 0; second < 60; second += 1) {
      world.now += SECOND;
      await turns(1);
    }
    expect(world.compared.filter((url) => url === 'a').length).toBeLessThan(8);
  });

  it('are all polled if none was left, so that the first that is back is used', async () => {
    const { world, next } = listOf({ a: 'x', b: 'x' });
    await next();
    world.answers = { a: undefined, b: undefined };
    expect(await next(true)).toBeUndefined();
    world.answers = { a: undefined, b: 'x' };
    expect(await next(true)).toBe('b');
  });

  it('are not taken again by the call that tried them', async () => {
    const { next } = listOf({ a: 'x', b: 'x' });
    expect(await next(false, ['a'])).toBe('b');
    expect(await next(false, ['a', 'b'])).toBeUndefined();
  });
});

describe('An address of another cluster', () => {
  it('is not used where the others and the record say so, and is named', async () => {
    const { addresses, turns } = listOf({ a: 'x', b: 'y', c: 'x' }, 'x');
    expect(await turns(4)).toEqual(['a', 'c', 'c', 'a']);
    expect(addresses.refusals()).toEqual([{ url: 'b', reason: 'leads to cluster y, not to x' }]);
  });

  it('is found where it comes back as one, before it is used', async () => {
    const { world, addresses, next, turns } = listOf({ a: 'x', b: 'x' });
    await turns(2);
    world.answers = { a: undefined, b: 'x' };
    addresses.doubt('a');
    expect(await next()).toBe('b');
    world.answers = { a: 'y', b: 'x' };
    world.now += 2 * SECOND;
    expect(await turns(3)).toEqual(['b', 'b', 'b']);
    expect(addresses.refusals()).toEqual([{ url: 'a', reason: 'leads to cluster y, not to x' }]);
  });

  it('is not used while the recorded one is away, nor while the record cannot be read', async () => {
    const { world, addresses, next } = listOf({ a: undefined, b: 'y' }, 'x');
    expect(await next()).toBeUndefined();
    world.recorded = () => Promise.reject(new Error('PostgreSQL is away'));
    expect(await next()).toBeUndefined();
    expect(await addresses.compareAll()).toEqual({ chosen: undefined, why: 'elsewhere', isRecorded: true });
    world.answers = { a: 'x', b: 'y' };
    world.recorded = async () => 'x';
    world.now += 2 * SECOND;
    expect(await next()).toBe('a');
  });

  it('splits the list where nothing is recorded: none is used', async () => {
    const { addresses, next } = listOf({ a: 'x', b: 'y' });
    expect(await next()).toBeUndefined();
    expect(await addresses.compareAll()).toEqual({ chosen: undefined, why: 'disagree', isRecorded: false });
    expect(addresses.refusals()).toEqual([
      { url: 'a', reason: 'leads to cluster x' },
      { url: 'b', reason: 'leads to cluster y' },
    ]);
  });

  it('is the new one where every address leads to it', async () => {
    const { world, turns, next } = listOf({ a: 'x', b: 'x' });
    await turns(2);
    world.answers = { a: 'y', b: 'x' };
    world.now += 11 * SECOND;
    expect(await turns(2)).toEqual(['b', 'b']);
    world.answers = { a: 'y', b: 'y' };
    expect(await next(true)).toBe('b');
    expect(await turns(2)).toEqual(['b', 'a']);
  });
});

describe('The recorded cluster', () => {
  it('is read again if an address leads to a cluster that is not the chosen one', async () => {
    const { world, next, turns } = listOf({ a: undefined, b: 'y' });
    expect(await turns(2)).toEqual(['b', 'b']);
    world.recorded = async () => 'x';
    world.answers = { a: 'x', b: 'y' };
    world.now += 11 * SECOND;
    await turns(2);
    expect(await turns(3)).toEqual(['a', 'a', 'a']);
    expect(await next(true)).toBe('a');
  });

  it('wins over the one that was chosen before it was recorded, also while it is away', async () => {
    const { world, next } = listOf({ a: undefined, b: 'y' });
    expect(await next()).toBe('b');
    world.answers = { a: undefined, b: undefined };
    expect(await next(true)).toBeUndefined();
    world.recorded = async () => 'x';
    world.answers = { a: undefined, b: 'y' };
    expect(await next(true)).toBeUndefined();
  });

  it.each<[string, () => Promise<string | undefined>]>([
    ['nothing is recorded', async () => undefined],
    ['the record cannot be read', () => Promise.reject(new Error('PostgreSQL is away'))],
  ])('is the last one known where %s, also after all addresses were away', async (_, recorded) => {
    const { world, addresses, next } = listOf({ a: 'x', b: 'x' }, 'x');
    await next();
    world.recorded = recorded;
    world.answers = { a: undefined, b: undefined };
    expect(await next(true)).toBeUndefined();
    world.answers = { a: undefined, b: 'y' };
    expect(await next(true)).toBeUndefined();
    expect(addresses.refusals()).toContainEqual({ url: 'b', reason: 'leads to cluster y, not to x' });
    world.answers = { a: 'x', b: 'y' };
    expect(await next(true)).toBe('a');
  });

  it('is none once the record can be read and has none', async () => {
    const { world, next } = listOf({ a: undefined, b: 'y' });
    world.recorded = () => Promise.reject(new Error('PostgreSQL is away'));
    expect(await next()).toBeUndefined();
    world.recorded = async () => undefined;
    expect(await next()).toBe('b');
  });

  it('does not bring back a cluster that every address has left', async () => {
    const { world, next } = listOf({ a: 'y', b: 'y' }, 'x');
    expect(await next()).toBe('a');
    world.answers = { a: undefined, b: undefined };
    expect(await next(true)).toBeUndefined();
    world.answers = { a: 'y', b: undefined };
    expect(await next(true)).toBe('a');
  });
});
