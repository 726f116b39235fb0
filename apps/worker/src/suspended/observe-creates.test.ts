import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { RELEASE_WITHIN_MS } from '@tandem/shared/domain/operation/suspension.ts';
import { describe, expect, it } from 'vitest';
import { createObserver } from './observe-creates.ts';
import { suspendUnclaimed } from './suspend-unclaimed.ts';

const actor = { kind: 'system', name: 'sweep' } as const;
const nothing = () => undefined;
const log = { info: nothing, warn: nothing, debug: nothing } as unknown as Logger;
const HOUR = 3_600_000;
const idOf = (nth: number) => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;

const setUp = async () => {
  let now = Date.parse('2026-03-01T12:00:00Z');
  const history = inMemoryHistory({ now: () => new Date(now) });
  // each snapshot begins and ends a second after the one before
  let engineSeconds = 0;
  const engine = inMemoryEngine({
    now: () => {
      engineSeconds += 1;
      return new Date(engineSeconds * 1_000);
    },
  });
  engine.createRepository('backups');
  engine.createIndex('optimize-a');
  const announced: string[] = [];
  const deps = { history, engine, actor, log, announce: (ids: readonly string[]) => void announced.push(...ids) };
  const accept = async (nth: number) =>
    history.accept({
      ...{ backupId: `backup-${nth}`, optimizeVersion: '3.9.0', profile: 'optimize', indexPrefix: 'optimize' },
      origin: 'requested',
      location: { clusterUuid: 'cluster', repository: 'backups', repositoryUuid: undefined },
      parts: [1, 2].map((number) => ({
        ...{ number, of: 2, snapshotName: `s-${nth}-${number}`, indices: ['optimize-a'] },
      })),
      ...{ operationId: idOf(nth), requestId: `request-${nth}`, actor, events: [] },
    });
  /** As a worker that the history has forgotten made it. */
  const make = async (nth: number, part: number) => {
    const owner = {
      backupId: `backup-${nth}`,
      operationId: idOf(nth),
      part,
      of: 2,
      optimizeVersion: '3.9.0',
      tandem: '0',
    };
    await engine.startSnapshot({ repository: 'backups', name: `s-${nth}-${part}`, indices: ['optimize-a'], owner });
    engine.finish('backups', `s-${nth}-${part}`);
  };
  const pass = (ms: number): void => {
    now += ms;
  };
  const suspend = () => suspendUnclaimed({ ...deps, suspendAfterMs: HOUR });
  return { history, engine, deps, announced, accept, make, suspend, pass };
};

describe('suspended creates', () => {
  it('are those that nobody claimed for too long', async () => {
    const { history, announced, accept, suspend, pass } = await setUp();
    await accept(1);
    expect(await suspend()).toBe(0);
    pass(HOUR);
    expect(await suspend()).toBe(1);
    expect(announced).toEqual(['backup-1']);
    expect(await history.findOperation(idOf(1))).toMatchObject({
      ...{ state: 'SUSPENDED', suspension: { code: 'OPERATION_UNCLAIMED', data: { unclaimedForMs: HOUR } } },
    });
  });

  it('end SUCCEEDED where every part is in the engine, and the others wait', async () => {
    const { history, deps, announced, accept, make, suspend, pass } = await setUp();
    for (const nth of [1, 2]) await accept(nth);
    pass(HOUR);
    await suspend();
    for (const part of [1, 2]) await make(1, part);
    await make(2, 1);
    const ends: unknown[] = [];
    const observe = createObserver({ ...deps, onRecorded: (kind, { outcome }) => ends.push([kind, outcome]) });
    expect(await observe()).toBe(1);
    expect(ends).toMatchObject([['create', { do: 'end', state: 'SUCCEEDED' }]]);
    expect(announced.slice(2)).toEqual(['backup-1']);
    expect(await history.findBackup('backup-1', undefined)).toMatchObject({
      ...{ state: 'COMPLETED', failure: undefined, create: { state: 'SUCCEEDED' } },
      parts: [1, 2].map((number) => ({ number, state: 'SUCCESS', uuid: expect.any(String) })),
    });
    const kinds = (await history.eventsOf('backup-1', 10)).map(({ kind }) => kind);
    expect(kinds).toEqual(['operation.suspended', 'part.succeeded', 'part.succeeded', 'backup.completed']);
    expect(await history.findOperation(idOf(2))).toMatchObject({ state: 'SUSPENDED' });
    expect(await observe()).toBe(0);
  });

  it('end FAILED when nobody released them for 7 days, also while the engine does not answer', async () => {
    const { history, deps, accept, suspend, pass } = await setUp();
    await accept(1);
    pass(HOUR);
    await suspend();
    const away = async () => {
      throw fail('ENGINE_UNREACHABLE', 'It does not answer.');
    };
    const observe = createObserver({ ...deps, engine: { findSnapshots: away, readRepository: away } });
    pass(RELEASE_WITHIN_MS - 1);
    expect(await observe()).toBe(0);
    pass(1);
    expect(await observe()).toBe(1);
    expect(await history.findBackup('backup-1', undefined)).toMatchObject({
      ...{ state: 'FAILED', failure: { code: 'OPERATION_NOT_RELEASED' } },
    });
    expect((await history.retryOperation(idOf(1), { actor, reason: 'now', requestId: undefined })).done).toBe(true);
  });

  it('are observed in turn, a few at a time', async () => {
    const { deps, accept, make, suspend, pass } = await setUp();
    for (let nth = 1; nth <= 45; nth += 1) await accept(nth);
    pass(HOUR);
    await suspend();
    for (const part of [1, 2]) await make(45, part);
    const observe = createObserver(deps);
    expect([await observe(), await observe(), await observe(), await observe()]).toEqual([0, 0, 1, 0]);
  });

  it('send the engine no write', async () => {
    const { deps, engine, accept, make, suspend, pass } = await setUp();
    await accept(1);
    await make(1, 1);
    pass(HOUR);
    await suspend();
    const calls: string[] = [];
    const watched = new Proxy(engine, {
      get: (target, name: keyof typeof engine) => {
        calls.push(String(name));
        return target[name];
      },
    });
    await createObserver({ ...deps, engine: watched })();
    expect([...new Set(calls)].toSorted()).toEqual(['findSnapshots', 'readRepository']);
  });
});
