import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  expectEnded,
  lookAround,
  putForeign,
  restoreOfPart,
  type Sight,
  untilEnded,
  withoutOptimize,
} from './faults/restore-promise.ts';
import { indexNames, type Json, removeIndices, restore } from './harness/requests/restores.ts';
import { create, read, send } from './harness/requests/v1.ts';
import { type EngineGate, type Match, openEngineGate } from './harness/services/engine-gate.ts';
import { importIndices, otherIndices } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

/** Enough tries for a lost call, few enough to see their end. */
const RETRIES = {
  RETRY_OPERATOR_INITIAL_BACKOFF: '50ms',
  RETRY_OPERATOR_MAX_BACKOFF: '100ms',
  RETRY_RESTORE_OPERATOR_MAX_ATTEMPTS: '3',
};
const world = useWorld({ apps: false, environment: { LEASE_DURATION: '1s', ...RETRIES } });
let gate: EngineGate;
let before: Sight;

const positions = () => String(importIndices(world.prefix)[0]);
const [first, second, third] = [0, 1, 2].map((at) => () => String(otherIndices(world.prefix)[at])) as [
  () => string,
  () => string,
  () => string,
];
const changeSettings = (index: string, settings: object) => world.engine.call('PUT', `${index}/_settings`, settings);
const block = (index: string, ...names: string[]) =>
  changeSettings(index, Object.fromEntries(names.map((name) => [`index.blocks.${name}`, true])));
const unblock = (index: string, name: string) => changeSettings(index, { [`index.blocks.${name}`]: null });

const blocksOf = async (index: string): Promise<Json> => {
  const path = `_cluster/state/metadata/${index}?filter_path=metadata.indices.*.settings.index.blocks`;
  const found = await world.engine.call<{ metadata?: { indices: Record<string, { settings: { index: Json } }> } }>(
    'GET',
    path,
  );
  return (found.metadata?.indices[index]?.settings.index.blocks ?? {}) as Json;
};

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const [api] = await Promise.all([
    world.startApi(),
    world.startWorker({ ELASTICSEARCH_URL: gate.url }),
    putForeign(world),
  ]);
  Object.assign(world, { api });
  await create(world.api, 'b');
  await world.api.untilState('b', 'COMPLETED');
  before = await lookAround(world);
});

beforeEach(() => removeIndices(world.engine, `${world.prefix}-*`));

/** All shards of both parts are started by then, and nothing was compared yet. */
const whenGreen = async (): Promise<{ readonly id: string; readonly go: () => void }> => {
  const part2 = gate.hold(restoreOfPart(2));
  const id = await restore(world.api, { backupId: 'b' });
  await part2.arrived;
  const templates = gate.hold(({ path }) => path.includes('_index_template'));
  part2.decide({ do: 'forward' });
  await templates.arrived;
  return { id, go: () => templates.decide({ do: 'forward' }) };
};

const writeThree = (index: string) => world.engine.putDocuments(index, [{ new: 1 }, { new: 2 }, { new: 3 }]);
const bulkErrors = async (index: string): Promise<boolean> => {
  const lines = `{"index":{"_index":"${index}"}}\n{"new":1}\n`;
  return (await world.engine.call<{ errors: boolean }>('POST', '_bulk?refresh=true', lines)).errors;
};

/** As an operator does who copies it from the message. */
const runCall = async (call: string): Promise<void> => {
  const [, method = '', path = '', body = ''] = /^(\S+) \/(\S+) (.+)$/.exec(call) ?? [];
  await world.engine.call(method, path, JSON.parse(body) as object);
};

describe('an application that writes as soon as all indices are green', () => {
  it('is refused by the block, and served once the restore has SUCCEEDED', async () => {
    const { id, go } = await whenGreen();
    for (const index of await indexNames(world.engine, `${world.prefix}-*`)) {
      expect(await blocksOf(index), index).toEqual({ write: 'true' });
      expect(await bulkErrors(index), index).toBe(true);
    }
    go();
    const { report } = await expectEnded(world, id, 'SUCCEEDED', before);
    expect(report).toMatchObject({ differing: 0, blocks: { set: {}, unknown: 0 } });
    expect(await bulkErrors(first())).toBe(false);
  });
});

describe('an index whose block was lifted by hand and that was written to', () => {
  it('is left alone and named, and nothing of it is deleted', async () => {
    const { id, go } = await whenGreen();
    await unblock(first(), 'write');
    await writeThree(first());
    const count = await world.engine.count(first());
    go();
    const ended = await untilEnded(world, id);
    expect(ended).toMatchObject({
      ...{ state: 'FAILED', report: { differing: 0 } },
      failure: {
        code: 'RESTORE_WRITTEN',
        message: expect.stringContaining(first()),
        data: { left: [first()], leftBecause: { [first()]: 'unblocked' }, rollback: false },
      },
    });
    expect(await indexNames(world.engine, `${world.prefix}-*`)).toEqual([first()]);
    expect(await world.engine.count(first())).toBe(count);
  });

  it('and blocked again is found by its sequence numbers, whatever else went wrong', async () => {
    const { id, go } = await whenGreen();
    await unblock(first(), 'write');
    await writeThree(first());
    await block(first(), 'write');
    await changeSettings(second(), { 'index.refresh_interval': '77s' });
    go();
    const { failure } = await untilEnded(world, id);
    const { data, message } = failure as { readonly data: Json; readonly message: string };
    expect(data).toMatchObject({ left: [first()], leftBecause: { [first()]: 'written' }, differing: 1 });
    expect(message).toContain('written to after they were restored');
    const [call] = data.liftBlocks as readonly string[];
    expect(message).toContain(String(call));
    await runCall(String(call));
    expect(await blocksOf(first())).toEqual({});
  });
});

describe('the blocks that were saved', () => {
  it('are set after the comparison, and a part of the set that failed stays blocked for writing', async () => {
    await restoreAll();
    await block(second(), 'write');
    await block(third(), 'read_only');
    await create(world.api, 'blocked');
    await world.api.untilState('blocked', 'COMPLETED');
    await unblock(third(), 'read_only');
    await removeIndices(world.engine, `${world.prefix}-*`);
    const id = await restore(world.api, { backupId: 'blocked' });
    const set = { [second()]: ['write'], [third()]: ['read_only'] };
    expect(await untilEnded(world, id)).toMatchObject({
      state: 'SUCCEEDED',
      report: { differing: 0, blocks: { set, unknown: 0 } },
    });
    expect(await blocksOf(second())).toEqual({ write: 'true' });
    expect(await blocksOf(third())).toEqual({ read_only: 'true' });
    expect(await blocksOf(positions())).toEqual({});
    await unblock(third(), 'read_only');
  });

  it('are left to an operator where the engine refuses: FAILED with the call, and nothing is rolled back', async () => {
    const forbidden = { error: { type: 'security_exception', reason: 'action is unauthorized' }, status: 403 };
    for (let times = 0; times < 3; times += 1)
      gate.hold(changeOfSettings).decide({ do: 'answer', status: 403, body: forbidden });
    const id = await restore(world.api, { backupId: 'b' });
    const { state, step, failure } = await untilEnded(world, id);
    const { code, data, message } = failure as { readonly code: string; readonly data: Json; readonly message: string };
    expect({ state, step, code }).toEqual({ state: 'FAILED', step: 'blocks', code: 'BLOCKS_NOT_LIFTED' });
    const calls = data.liftBlocks as readonly string[];
    expect(message).toContain(String(calls[0]));
    for (const index of await indexNames(world.engine, `${world.prefix}-*`))
      expect(await blocksOf(index), index).toEqual({ write: 'true' });
    for (const call of calls) await runCall(call);
    expect(await lookAround(world)).toEqual(before);
    // nothing is held up by it
    await create(world.api, 'after');
    await world.api.untilState('after', 'COMPLETED');
  });

  it('are not touched by a cancel that comes too late', async () => {
    const lift = gate.hold(changeOfSettings);
    const id = await restore(world.api, { backupId: 'b' });
    await lift.arrived;
    const stopped = await send(world.api, 'POST', `/restores/${id}/cancel`, { reason: 'too late' });
    expect(stopped.status, stopped.text).toBe(202);
    lift.decide({ do: 'forward' });
    await expectEnded(world, id, 'SUCCEEDED', before);
  });
});

describe('a restore that does not end well', () => {
  it('and keeps what it restored, as requested, names the call that lifts the block', async () => {
    const { id, go } = await whenGreen();
    await changeSettings(second(), { 'index.refresh_interval': '77s' });
    go();
    expect(await untilEnded(world, id)).toMatchObject({ failure: { code: 'RESTORE_DIFFERS' } });
    expect(await lookAround(world)).toEqual(withoutOptimize(world, before));

    const refused = { error: { type: 'made_up_exception', reason: 'no' }, status: 400 };
    gate.hold(restoreOfPart(2)).decide({ do: 'answer', status: 400, body: refused });
    const kept = await restore(world.api, { backupId: 'b' }, { rollback: false });
    const { failure } = await untilEnded(world, kept);
    const [call] = (failure as { readonly data: Json }).data.liftBlocks as readonly string[];
    expect(await blocksOf(positions())).toEqual({ write: 'true' });
    await runCall(String(call));
    expect(await blocksOf(positions())).toEqual({});
    expect(await read(world.api, `/restores/${kept}`)).toMatchObject({ state: 'FAILED' });
  });
});

const changeOfSettings: Match = ({ method, path }) => method === 'PUT' && path.includes('/_settings');

const restoreAll = async (): Promise<void> => {
  await expectEnded(world, await restore(world.api, { backupId: 'b' }), 'SUCCEEDED', before);
};
