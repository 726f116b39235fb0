import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { type InMemoryEngine, inMemoryEngine } from './in-memory/engine.ts';
import type { SearchEngine } from './port.ts';
import { withSharedPolls } from './shared-polls.ts';

describe('Shared polls', () => {
  let engine: InMemoryEngine;
  let shared: SearchEngine;
  let due: (() => void)[];

  const lookups = () => engine.calls.filter(({ method }) => method === 'findSnapshots').map(({ subject }) => subject);
  const names = async (found: ReturnType<SearchEngine['findSnapshots']>) => (await found).map(({ name }) => name);
  const endWindow = () => due.splice(0).forEach((task) => void task());

  beforeEach(() => {
    engine = inMemoryEngine();
    due = [];
    shared = withSharedPolls(engine, { windowMs: 20, schedule: (task) => void due.push(task) });
    for (const repository of ['one', 'two']) {
      engine.createRepository(repository);
      for (const name of ['a', 'b', 'c']) engine.putSnapshot(repository, { name, indices: ['i'] });
    }
  });

  it('makes one call of many, and gives each caller its own', async () => {
    const callers = [
      shared.findSnapshots('one', ['a', 'b']),
      shared.findSnapshots('one', ['b', 'x']),
      shared.findSnapshots('one', ['c']),
    ];
    expect(lookups()).toEqual([]);
    endWindow();
    expect(await Promise.all(callers.map(names))).toEqual([['a', 'b'], ['b'], ['c']]);
    expect(lookups()).toEqual(['a,b,x,c']);
  });

  it('keeps repositories apart, and windows', async () => {
    const first = [shared.findSnapshots('one', ['a']), shared.findSnapshots('two', ['a'])];
    endWindow();
    await Promise.all(first);
    const next = shared.findSnapshots('one', ['a']);
    endWindow();
    await next;
    expect(lookups()).toEqual(['a', 'a', 'a']);
  });

  it('brings a failure to all', async () => {
    const failure = fail('ENGINE_BUSY', 'on purpose');
    engine.failNext('findSnapshots', failure);
    const callers = ['a', 'b'].map((name) => shared.findSnapshots('one', [name]));
    endWindow();
    for (const { status, ...rest } of await Promise.allSettled(callers)) {
      expect({ status, ...rest }).toEqual({ status: 'rejected', reason: failure });
    }
  });

  it('lets patterns and empty lists through at once', async () => {
    expect(await names(shared.findSnapshots('one', ['a*']))).toEqual(['a']);
    expect(await names(shared.findSnapshots('one', []))).toEqual([]);
    expect(due).toEqual([]);
  });

  it('refuses a name alone, not those who wait with it', async () => {
    const good = shared.findSnapshots('one', ['a']);
    await expect(shared.findSnapshots('one', ['a,b'])).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    endWindow();
    expect(await names(good)).toEqual(['a']);
  });
});
