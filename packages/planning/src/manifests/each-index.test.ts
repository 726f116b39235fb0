import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { describe, expect, it } from 'vitest';
import { eachIndex } from './each-index.ts';

const names = Array.from({ length: 100 }, (_, number) => `optimize-process-instance-${number}_v8`);

const engineThatRefuses = (bad: readonly string[]) => {
  const calls: (readonly string[])[] = [];
  const read = async (some: readonly string[]) => {
    calls.push(some);
    const refused = some.find((name) => bad.includes(name));
    if (refused !== undefined) throw fail('ENGINE_BUSY', `not all primary shards of ${refused} are started`);
    return some;
  };
  return { calls, read };
};

describe('indices that are read in one call', () => {
  it('are read in one call if the engine refuses none', async () => {
    const { calls, read } = engineThatRefuses([]);
    expect(await eachIndex(names, read)).toEqual({ found: names, refused: [] });
    expect(calls).toHaveLength(1);
  });

  it('makes no call for an empty list', async () => {
    const { calls, read } = engineThatRefuses([]);
    expect(await eachIndex([], read)).toEqual({ found: [], refused: [] });
    expect(calls).toEqual([]);
  });

  it('are all found but for those that the engine refuses, each with its reason', async () => {
    const bad = [names[0] ?? '', names[57] ?? '', names[99] ?? ''];
    const { calls, read } = engineThatRefuses(bad);
    const { found, refused } = await eachIndex(names, read);
    expect(found).toEqual(names.filter((name) => !bad.includes(name)));
    expect(refused).toEqual(bad.map((index) => ({ index, reason: expect.stringContaining(index) })));
    expect(calls.length).toBeLessThan(45);
  });

  it('count as refused after 64 calls', async () => {
    const { calls, read } = engineThatRefuses(names);
    const { found, refused } = await eachIndex(names, read);
    expect(found).toEqual([]);
    expect(refused.map(({ index }) => index).sort()).toEqual([...names].sort());
    expect(calls.length).toBe(64);
  });

  it('rejects with a failure that concerns the engine as a whole', async () => {
    const read = async () => Promise.reject(fail('ENGINE_TIMEOUT', 'no answer within 30 s'));
    await expect(eachIndex(names, read)).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' });
  });
});
