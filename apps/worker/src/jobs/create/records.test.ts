import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { describe, expect, it } from 'vitest';
import { actor, OPERATION } from './create.fixture.ts';
import { memory, setUpCreateTick } from './tick.fixture.ts';

const names = [1, 2].map((part) => `camunda_optimize_b_3.9.0_part_${part}_of_2`);
const SENT = new Date('2025-12-31T23:59:50Z');
const NODE_LEFT = [{ index: 'optimize-import-index_v3', shard: 0, reason: 'node left the cluster during snapshot' }];
const event = (part: number, kind: string, { before = undefined as unknown, after = {} } = {}) => ({
  ...{ kind, actor, source: 'worker', requestId: 'request-1' },
  ...omitUndefined({ before }),
  after: { operationId: OPERATION, part, snapshot: names[part - 1], ...after },
});
const attempt = { part: 1, trigger: 'request', actor, startedAt: SENT };

describe('the start of a part', () => {
  it('is recorded with its list before it is sent, and touches no part that was not begun', async () => {
    const { tick, records, fresh } = await setUpCreateTick();
    const indices = fresh.backup.parts[0]?.indices ?? [];
    const oldestIndex = { index: indices[0], createdVersion: 8_537_000 };
    const { outcome } = await tick();
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ events: [event(1, 'part.starting', { after: { start: 1, indices: 1 } })] });
    expect(records[0]?.parts).toEqual([
      { number: 1, state: 'STARTING', started: true, indices, uuid: null, manifest: expect.anything(), oldestIndex },
    ]);
    expect(outcome).toEqual({ do: 'wait', inMs: 100 });
  });

  it('takes the oldest index from a manifest that an earlier version recorded without it', async () => {
    const { engine, tick, records } = await setUpCreateTick();
    await tick();
    const { manifest: { before = '' } = {}, oldestIndex } = records[0]?.parts?.[0] ?? {};
    expect(oldestIndex).toBeDefined();
    const manifest = { before, after: undefined };
    engine.removeSnapshot('backups', names[0] ?? '');
    await tick({ parts: [{ state: 'STARTING', starts: 1, manifest }] });
    expect(records.at(-1)?.parts?.[0]).toMatchObject({ state: 'STARTING', manifest, oldestIndex });
  });

  it('asks for room before the first create alone', async () => {
    const { engine, tick, called, put } = await setUpCreateTick();
    await tick();
    expect(called('readRepository')).toHaveLength(2);
    engine.removeSnapshot('backups', names[0] ?? '');
    const { uuid } = put(1);
    await tick({ parts: [{ state: 'SUCCESS', starts: 1, uuid }] });
    expect(called('startSnapshot')).toEqual(names);
    expect(called('readRepository')).toHaveLength(3);
  });

  it('plans every later part again that had been begun: its list is older', async () => {
    const { tick, records } = await setUpCreateTick();
    await tick({
      parts: [
        { state: 'VANISHED', starts: 1 },
        { state: 'STARTING', starts: 1 },
      ],
    });
    expect(records.at(-1)?.parts).toMatchObject([
      { number: 1, state: 'STARTING' },
      { number: 2, state: 'PLANNED', uuid: null },
    ]);
    expect(records.at(-1)?.events).toMatchObject([event(1, 'part.starting', { after: { start: 2 } })]);
  });

  it('says which indices came and went since the plan', async () => {
    const { engine, tick, records } = await setUpCreateTick();
    engine.createIndex('optimize-import-index_v4');
    engine.deleteIndex('optimize-import-index_v3');
    await tick();
    expect(records[0]?.events).toMatchObject([
      event(1, 'plan.changed', { after: { came: ['optimize-import-index_v4'], went: ['optimize-import-index_v3'] } }),
      { kind: 'part.starting' },
    ]);
  });

  it('is left to a newer worker where this one does not know the profile', async () => {
    const { tick, records } = await setUpCreateTick();
    await expect(tick({ backup: { profile: 'newer' } })).rejects.toMatchObject({ code: 'PROFILE_UNKNOWN' });
    expect(records).toEqual([]);
  });
});

describe('a part that is made again', () => {
  it('is removed by an operator’s retry, and keeps its list', async () => {
    const { tick, records, put, called } = await setUpCreateTick();
    const { uuid } = put(1, { state: 'FAILED' });
    const change = await tick({ parts: [{ state: 'FAILED', starts: 1, uuid }] });
    expect(records).toEqual([{ detail: { deleteOfPart1: '2026-01-01T00:00:00.000Z' } }]);
    expect(called('deleteSnapshot')).toEqual([names[0]]);
    expect(change).toMatchObject({
      parts: [{ number: 1, state: 'STARTING', uuid: null }],
      events: [event(1, 'part.deleted', { before: { uuid, state: 'FAILED' } })],
      outcome: { do: 'wait', inMs: 0 },
    });
  });

  it('is made again by itself where a node left: its list stays, and the try has ended', async () => {
    const { tick, put } = await setUpCreateTick();
    const { uuid } = put(1, { state: 'PARTIAL', failures: NODE_LEFT });
    const parts = [{ state: 'IN_PROGRESS', starts: 1, uuid } as const];
    expect(await tick({ parts, detail: memory(1, { sentAt: SENT, interrupted: 1 }) })).toMatchObject({
      parts: [{ number: 1, state: 'STARTING', uuid: null }],
      detail: { part1: { interrupted: 2 } },
      attempt: { ...attempt, errorClass: 'transient', reason: { code: 'PART_NOT_WHOLE' }, nextInMs: 60_000 },
      outcome: { do: 'wait', inMs: 60_000 },
    });
  });

  it.each([
    [0, 100],
    [1, 200],
    [2, 400],
    [3, 800],
  ])('is forgotten after %i vanishings, for %i ms', async (vanished, inMs) => {
    const { tick } = await setUpCreateTick();
    const detail = memory(1, { sentAt: SENT, accepted: true, vanished });
    expect(await tick({ parts: [{ state: 'IN_PROGRESS', starts: 1, uuid: 'gone' }], detail })).toMatchObject({
      parts: [{ number: 1, state: 'STARTING', uuid: null }],
      detail: { part1: { accepted: false, vanished: vanished + 1 } },
      events: [event(1, 'part.vanished', { before: { uuid: 'gone' }, after: { vanished: vanished + 1 } })],
      attempt: {
        ...{ ...attempt, errorClass: 'transient', nextInMs: inMs },
        reason: { code: 'PART_VANISHED', data: { uuid: 'gone' } },
      },
      outcome: { do: 'wait', inMs },
    });
  });

  it('was never seen: its attempt names no uuid', async () => {
    const { tick } = await setUpCreateTick();
    const parts = [{ state: 'STARTING', starts: 1 } as const];
    const { attempt: ended } = await tick({ parts, detail: memory(1, { accepted: true }) });
    expect(ended?.reason?.data).toEqual({ uuid: null });
  });
});

describe('a snapshot that runs', () => {
  it('is adopted, and polled by when its create was sent', async () => {
    const { tick, put, called } = await setUpCreateTick();
    const { uuid, startedAt } = put(1, { state: 'IN_PROGRESS' });
    const parts = [{ state: 'STARTING', starts: 1 } as const];
    expect(await tick({ parts, detail: memory(1, { sentAt: SENT }) })).toEqual({
      detail: {},
      parts: [{ number: 1, state: 'IN_PROGRESS', uuid, startedAt }],
      events: [event(1, 'part.adopted', { after: { uuid } })],
      tries: 'progress',
      outcome: { do: 'wait', inMs: 500 },
    });
    expect(called('measureIndices')).toEqual([]);
  });

  it('is adopted where the engine does not say when it began', async () => {
    const { tick, put } = await setUpCreateTick();
    const { uuid } = put(1, { state: 'IN_PROGRESS', startedAt: undefined });
    const [part] = (await tick({ parts: [{ state: 'STARTING', starts: 1 }] })).parts ?? [];
    expect(Object.entries(part ?? {})).toEqual(Object.entries({ number: 1, state: 'IN_PROGRESS', uuid }));
  });

  it('is adopted once', async () => {
    const { tick, put } = await setUpCreateTick();
    const { uuid } = put(1, { state: 'IN_PROGRESS' });
    expect(await tick({ parts: [{ state: 'IN_PROGRESS', starts: 1, uuid }] })).toEqual({
      detail: {},
      tries: 'progress',
      outcome: { do: 'wait', inMs: 100 },
    });
  });
});

it('records a part that ended well, and what is remembered of it stays', async () => {
  const { tick, put } = await setUpCreateTick();
  const { uuid, shards, startedAt, endedAt } = put(1);
  const remembered = memory(1, { sentAt: SENT, accepted: true, vanished: 2, differed: 'an-earlier-one' });
  const change = await tick({ parts: [{ state: 'IN_PROGRESS', starts: 1, uuid }], detail: remembered });
  expect(change).toMatchObject({
    parts: [{ number: 1, state: 'SUCCESS', uuid, shards, startedAt, endedAt }],
    events: [event(1, 'part.succeeded', { after: { uuid, shards, startedAt, endedAt } })],
    attempt: { ...attempt, errorClass: undefined, reason: undefined, nextInMs: undefined },
    tries: 'progress',
    outcome: { do: 'wait', inMs: 0 },
  });
  expect(change.detail).toEqual(memory(1, { sentAt: SENT, accepted: true, vanished: 2 }));
});
