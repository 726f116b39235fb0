import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { readMark } from '@tandem/shared/domain/history/rollback/history-mark.ts';
import { describe, expect, it } from 'vitest';
import { OPERATION, REPOSITORY } from './create.fixture.ts';
import { memory, setUpCreateTick } from './tick.fixture.ts';

const RESTORE = '00000000-0000-4000-8000-000000000009';
type World = Awaited<ReturnType<typeof setUpCreateTick>>;
const unmeasuredIn = (events: OperationChange['events'] = []) => {
  const { unmeasured } = (events[0]?.after ?? {}) as { unmeasured?: { indices: readonly unknown[]; count: number } };
  return unmeasured;
};
const ownerOf = ({ engine }: World) => engine.snapshots(REPOSITORY)[0]?.owner;

describe('the metadata of a snapshot', () => {
  it('says what a history that was lost needs', async () => {
    const world = await setUpCreateTick();
    await world.tick();
    const manifest = world.records[0]?.parts?.[0]?.manifest?.before;
    expect(manifest).toMatch(/^[0-9a-f]{64}$/);
    expect(ownerOf(world)).toEqual({
      ...{ backupId: 'b', operationId: OPERATION, part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.0.0' },
      ...{ manifest, requestedAt: '2026-01-01T00:00:00.000Z', requestedBy: '127.0.0.1', indexPrefix: 'optimize' },
      mark: expect.any(String),
    });
  });

  it('marks the history that recorded it', async () => {
    const world = await setUpCreateTick();
    const { historyId, epoch, newest } = await world.history.readLine([]);
    await world.tick();
    expect(readMark(ownerOf(world)?.mark ?? '')).toMatchObject({ historyId, epoch, eventId: newest?.id });
  });

  it('marks none that was rolled back, while that is open', async () => {
    const world = await setUpCreateTick();
    const { readLine } = world.history;
    world.history.readLine = async (ids) => ({
      ...(await readLine(ids)),
      rollback: { detectedAt: '2026-01-01T00:00:00.000000Z' } as never,
    });
    await world.tick();
    expect(ownerOf(world)).not.toHaveProperty('mark');
  });

  it.each([
    ['a part without an index', [{}, { state: 'EMPTY' as const }], { empty: [2] }],
    ['every part taken', [], {}],
  ])('of a safety backup says so: %s', async (_, parts, empty) => {
    const world = await setUpCreateTick();
    await world.tick({ parts, backup: { safetyOf: RESTORE, versionAssumed: true } });
    const { safetyOf, versionAssumed, empty: told } = ownerOf(world) ?? {};
    expect({ safetyOf, versionAssumed, ...(told && { empty: told }) }).toEqual({
      ...{ safetyOf: RESTORE, versionAssumed: true },
      ...empty,
    });
  });

  it.each([
    ['of a safety backup whose version is known', { safetyOf: RESTORE }, [], { safetyOf: RESTORE }],
    ['of another backup', { versionAssumed: true as const }, [{}, { state: 'EMPTY' as const }], {}],
  ])('says nothing that is not so: %s', async (_, backup, parts, facts) => {
    const world = await setUpCreateTick();
    await world.tick({ parts, backup });
    const { safetyOf, versionAssumed, empty } = ownerOf(world) ?? {};
    expect({ safetyOf, versionAssumed, empty }).toEqual(facts);
  });
});

describe('the manifest of a part', () => {
  const kept = { before: 'of-the-first-create', after: undefined };

  it('is the one of its first create while one of those may still arrive', async () => {
    const world = await setUpCreateTick();
    await world.tick({ parts: [{ state: 'STARTING', starts: 1, manifest: kept }] });
    expect(world.records[0]?.parts?.[0]?.manifest).toEqual(kept);
    expect(ownerOf(world)?.manifest).toBe('of-the-first-create');
    expect(world.called('measureIndices')).toEqual([]);
  });

  it.each([
    ['is planned again', { state: 'PLANNED', starts: 1, manifest: kept } as const],
    ['had none', { state: 'STARTING', starts: 1 } as const],
  ])('is taken where the part %s', async (_, part) => {
    const world = await setUpCreateTick();
    await world.tick({ parts: [part] });
    expect(world.records[0]?.parts?.[0]?.manifest).toEqual({ before: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it.each([
    ['first, and documents after that, before the part', 'operations-first', { state: 'PLANNED' } as const],
    ['last, after the part', 'operations-last', { state: 'IN_PROGRESS', starts: 1, manifest: kept } as const],
  ])('counts operations %s, so that no write in between is missed', async (_, order, part) => {
    const world = await setUpCreateTick();
    const { measureIndices } = world.engine;
    const orders: unknown[] = [];
    world.engine.measureIndices = (...asked) => {
      orders.push(asked[1]);
      return measureIndices(...asked);
    };
    const parts = [part.state === 'PLANNED' ? part : { ...part, uuid: world.put(1).uuid }];
    await world.tick({ parts });
    expect(orders).toEqual([order]);
  });

  const refused = fail('ENGINE_FORBIDDEN', 'not allowed', { call: 'readTemplates' });

  it('is left out where the engine refuses it: the part is made all the same', async () => {
    const world = await setUpCreateTick();
    world.engine.failNext('readTemplates', refused);
    await world.tick();
    expect(world.records[0]?.parts?.[0]).not.toHaveProperty('manifest');
    expect(world.called('startSnapshot')).toHaveLength(1);
    expect(ownerOf(world)).not.toHaveProperty('manifest');
  });

  it.each([
    ['PostgreSQL does not answer', fail('HISTORY_UNREACHABLE', 'away', {})],
    ['of a defect', new TypeError('a defect')],
  ])('ends the tick where %s: nothing is made', async (_, error) => {
    const world = await setUpCreateTick();
    world.history.keepContents = () => Promise.reject(error);
    await expect(world.tick()).rejects.toBe(error);
    expect(world.called('startSnapshot')).toEqual([]);
  });

  const settle = async (world: World, more: object = {}) => {
    const { uuid } = world.put(1);
    const part = { state: 'IN_PROGRESS', starts: 1, uuid, ...more } as const;
    const { parts, events } = await world.tick({ parts: [part], detail: memory(1, { accepted: true }) });
    return { part: parts?.[0], unmeasured: unmeasuredIn(events) };
  };

  it('is completed when the part has ended', async () => {
    const { part, unmeasured } = await settle(await setUpCreateTick(), { manifest: kept });
    expect(part).toMatchObject({ manifest: { ...kept, after: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect(part?.bytes).toEqual(expect.any(Number));
    expect(unmeasured).toBeUndefined();
  });

  it.each([
    ['nothing was recorded before', undefined, 'nothing was recorded before the part'],
    ['the engine refuses', kept, 'not allowed'],
  ])('is not completed where %s, and the event names what cannot be compared', async (_, manifest, reason) => {
    const world = await setUpCreateTick();
    if (manifest !== undefined) world.engine.failNext('readTemplates', refused);
    const { part, unmeasured } = await settle(world, { manifest });
    expect(part).not.toHaveProperty('manifest');
    expect(part).not.toHaveProperty('bytes');
    expect(unmeasured).toEqual({ indices: [{ index: 'optimize-import-index_v3', reason }], count: 1 });
  });

  it('lists no more than 20 of those', async () => {
    const world = await setUpCreateTick();
    const indices = Array.from({ length: 25 }, (_, nth) => `optimize-index-${nth}`);
    const { uuid } = world.put(1, { indices });
    const { events } = await world.tick({ parts: [{ state: 'IN_PROGRESS', starts: 1, uuid, indices }] });
    const { indices: listed = [], count } = unmeasuredIn(events) ?? {};
    expect({ listed: listed.length, count }).toEqual({ listed: 20, count: 25 });
  });
});
