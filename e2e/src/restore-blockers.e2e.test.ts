import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  deletionOfIndices,
  eventsOf,
  expectEnded,
  lookAround,
  putForeign,
  restoreOfPart,
  type Sight,
  untilEnded,
} from './faults/restore-promise.ts';
import { putBulk, slowDown } from './faults/slow-repository.ts';
import { indexNames, type PlanBody, planRestore, removeIndices, restore } from './harness/requests/restores.ts';
import { create, expectProblem, send } from './harness/requests/v1.ts';
import { createOfPart, type EngineGate, openEngineGate } from './harness/services/engine-gate.ts';
import { importIndices, otherIndices } from './harness/services/small-optimize.ts';
import { sharedStack } from './harness/stack.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });
let gate: EngineGate;
let before: Sight;
const optimize = createServer((_, outgoing) => outgoing.end('{}'));
let optimizePort = 0;

const openOptimize = async () => {
  optimize.listen(optimizePort, '127.0.0.1');
  await once(optimize, 'listening');
  optimizePort = (optimize.address() as AddressInfo).port;
};
const closeOptimize = async () => {
  if (!optimize.listening) return;
  optimize.close();
  optimize.closeAllConnections();
  await once(optimize, 'close');
};

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  await openOptimize();
  await closeOptimize();
  const changes = {
    ...{ LEASE_DURATION: '1s' },
    CAMUNDA_OPTIMIZE_URL: `http://127.0.0.1:${optimizePort}`,
  };
  const [api, worker] = await Promise.all([
    world.startApi(changes),
    world.startWorker({ ...changes, ELASTICSEARCH_URL: gate.url }),
    putForeign(world),
  ]);
  Object.assign(world, { api, worker });
  await create(world.api, 'b');
  await world.api.untilState('b', 'COMPLETED');
  before = await lookAround(world);
});

afterEach(closeOptimize);

const target = { target: { renamePattern: '(.+)', renameReplacement: 'beside-$1' } };
const inPlace = { backupId: 'b', deleteExisting: true };
const beside = { backupId: 'b', ...target };
const nameOf = (backupId: string, part: number) => `camunda_optimize_${backupId}_3.9.0_part_${part}_of_2`;
const optimizeNames = () => indexNames(world.engine, `${world.prefix}-*`);
const gone = () => removeIndices(world.engine, `${world.prefix}-*`);

const backedUp = async (backupId: string) => {
  await create(world.api, backupId);
  await world.api.untilState(backupId, 'COMPLETED');
};

/** The plan has these blockers, and a restore by that plan is refused with them, all of it. */
const expectBlocked = async (wish: { readonly backupId: string }, codes: readonly string[]): Promise<PlanBody> => {
  const plan = await planRestore(world.api, wish);
  expect(plan.blockers.map(({ code }) => code)).toEqual(codes);
  const { planHash } = plan;
  const body = { ...wish, planHash, reason: 'drill', confirm: wish.backupId, safetyBackup: false };
  const answer = await send(world.api, 'POST', '/restores', body);
  expectProblem(answer, 409, 'RESTORE_BLOCKED');
  expect(answer.json?.blockers).toEqual(plan.blockers);
  return plan;
};

describe('a part', () => {
  it('whose snapshot was deleted is missing', async () => {
    await backedUp('halved');
    await world.engine.call('DELETE', `_snapshot/${world.repository}/${nameOf('halved', 2)}`);
    const { blockers } = await expectBlocked({ backupId: 'halved', ...target }, ['PART_MISSING']);
    expect(blockers[0]?.found).toEqual([nameOf('halved', 2)]);
  });

  it('that was deleted and made again under its name is another one', async () => {
    await backedUp('replaced');
    const name = nameOf('replaced', 1);
    const [{ uuid } = { uuid: '' }] = await world.snapshotsOf('replaced');
    await world.engine.call('DELETE', `_snapshot/${world.repository}/${name}`);
    await world.engine.takeSnapshot(world.repository, name, { indices: importIndices(world.prefix).join() });
    const [made] = await world.snapshotsOf('replaced');
    const { blockers } = await expectBlocked({ backupId: 'replaced', ...target }, ['PART_REPLACED']);
    expect(blockers[0]?.found).toEqual([`${name} (uuid ${made?.uuid}, recorded ${uuid})`]);
  });

  it('that is replaced between the plan and its turn stops the restore, and part 1 is taken back', async () => {
    await backedUp('swapped');
    const part1 = gate.hold(restoreOfPart(1));
    const id = await restore(world.api, { backupId: 'swapped', ...target });
    await part1.arrived;
    await world.engine.call('DELETE', `_snapshot/${world.repository}/${nameOf('swapped', 2)}`);
    const indices = otherIndices(world.prefix).join();
    await world.engine.takeSnapshot(world.repository, nameOf('swapped', 2), { indices });
    part1.decide({ do: 'forward' });
    const { failure } = await expectEnded(world, id, 'FAILED', before);
    expect(failure).toMatchObject({ code: 'RESTORE_BLOCKED', data: { blockers: [{ code: 'PART_REPLACED' }] } });
  });

  it('that is PARTIAL is not whole', async () => {
    const lost = `${world.prefix}-lost_v1`;
    await world.engine.createIndex(lost, { settings: { 'index.routing.allocation.require._name': 'no-such-node' } });
    const parts = [importIndices(world.prefix), [...otherIndices(world.prefix), lost]];
    for (const [at, indices] of parts.entries()) {
      const body = { indices: indices.join(), partial: true };
      await world.engine.takeSnapshot(world.repository, nameOf('torn', at + 1), body);
    }
    await world.engine.call('DELETE', lost);
    const { blockers } = await expectBlocked({ backupId: 'torn', ...target }, ['PART_NOT_WHOLE']);
    expect(blockers[0]?.found).toEqual([`${nameOf('torn', 2)} (PARTIAL, 1 failed shards)`]);
  });
});

describe('indices that are there', () => {
  it('are found, open, closed and hidden, and the pages of the plan name every one', async () => {
    // a list of a plan shows 100
    const many = Array.from(
      { length: 100 },
      (_, at) => `${world.prefix}-process-instance-${String(at).padStart(3, '0')}_v8`,
    );
    for (let at = 0; at < many.length; at += 20) {
      await Promise.all(
        many
          .slice(at, at + 20)
          .map((index) => world.engine.createIndex(index, { settings: { 'index.hidden': at < 50 } })),
      );
    }
    const [closed = ''] = many;
    await world.engine.call('POST', `${closed}/_close?wait_for_active_shards=0`);
    const { blockers, truncated, planHash } = await expectBlocked({ backupId: 'b' }, ['INDICES_PRESENT']);
    const there = [...many, ...importIndices(world.prefix), ...otherIndices(world.prefix)].sort();
    const shown = there.slice(0, 100).map((name) => (name === closed ? `${name} (closed)` : name));
    expect(blockers[0]?.found).toEqual(shown);
    expect(truncated).toContainEqual({ list: 'blockers.0.found', count: there.length });
    const { json } = await send(world.api, 'GET', `/restores/plans/${planHash}?list=keep&limit=500`);
    const items = json?.items as readonly { readonly index: string }[];
    expect(items.map(({ index }) => index)).toEqual(there);
    for (let at = 0; at < many.length; at += 50) await world.engine.call('DELETE', many.slice(at, at + 50).join());
  });

  it('closed, and made after the plan, are not overwritten', async () => {
    await gone();
    const stranger = otherIndices(world.prefix)[0] ?? '';
    const closedStranger = async () => {
      await world.engine.createIndex(stranger);
      await world.engine.putDocuments(stranger, [{ precious: true }]);
      await world.engine.call('POST', `${stranger}/_close`);
    };
    const expectPrecious = async () => {
      await world.engine.call('POST', `${stranger}/_open?wait_for_active_shards=1`);
      const path = `${stranger}/_search`;
      const { hits } = await world.engine.call<{ hits: { hits: { _source: object }[] } }>('GET', path);
      expect(hits.hits.map(({ _source }) => _source)).toEqual([{ precious: true }]);
      expect(await optimizeNames()).toEqual([stranger]);
      await world.engine.call('DELETE', stranger);
    };
    const { planHash } = await planRestore(world.api, { backupId: 'b' });
    await closedStranger();
    const refused = await send(world.api, 'POST', '/restores', { backupId: 'b', planHash, reason: 'drill' });
    expectProblem(refused, 409, 'PLAN_CHANGED');
    await expectPrecious();

    const part1 = gate.hold(restoreOfPart(1));
    const id = await restore(world.api, { backupId: 'b' });
    await part1.arrived;
    await closedStranger();
    part1.decide({ do: 'forward' });
    expect(await untilEnded(world, id)).toMatchObject({
      state: 'FAILED',
      failure: { code: 'RESTORE_BLOCKED', message: expect.stringContaining(stranger) },
    });
    await expectPrecious();
    await expectEnded(world, await restore(world.api, { backupId: 'b' }), 'SUCCEEDED', before);
  });
});

describe('another version of Optimize', () => {
  it('blocks until it is accepted, and that is written into the history', async () => {
    const version = (schemaVersion: string) =>
      world.engine.call('PUT', `${world.prefix}-metadata_v7/_doc/1?refresh=true`, {
        schemaVersion,
        installationId: 'e2e',
      });
    await version('3.10.0');
    const { blockers } = await expectBlocked(inPlace, ['VERSION_DIFFERS']);
    expect(blockers[0]?.found).toEqual(['3.9.0', '3.10.0']);

    const id = await restore(world.api, { ...inPlace, acceptVersion: '3.9.0' }, { confirm: 'b', safetyBackup: false });
    await expectEnded(world, id, 'SUCCEEDED', before);
    const [requested] = await eventsOf(world, id);
    expect(requested).toMatchObject({ kind: 'restore.requested', after: { acceptVersion: '3.9.0' } });
  });
});

describe('Optimize', () => {
  it('that answers blocks a restore in place, not one beside it', async () => {
    await openOptimize();
    const { blockers } = await expectBlocked(inPlace, ['OPTIMIZE_RUNNING']);
    expect(blockers[0]?.found).toEqual([expect.stringMatching(`^http://127.0.0.1:${optimizePort} \\(status \\d+\\)$`)]);
    expect((await planRestore(world.api, beside)).blockers).toEqual([]);
  });

  it('that is started before anything is deleted: nothing is', async () => {
    const look = gate.hold(({ path }) => path.includes('/_verify'));
    const from = gate.seen.length;
    const id = await restore(world.api, inPlace, { confirm: 'b', safetyBackup: false });
    await look.arrived;
    await openOptimize();
    look.decide({ do: 'lose' });
    const { failure } = await expectEnded(world, id, 'FAILED', before);
    expect(failure).toMatchObject({ code: 'PLAN_CHANGED', data: { blockers: [{ code: 'OPTIMIZE_RUNNING' }] } });
    expect(gate.seen.slice(from).filter(deletionOfIndices)).toEqual([]);
  });

  it('that is started between the parts: nothing is deleted, and what was restored stays blocked for writing', async () => {
    await gone();
    const part1 = gate.hold(restoreOfPart(1));
    const id = await restore(world.api, { backupId: 'b' });
    await part1.arrived;
    await openOptimize();
    part1.decide({ do: 'forward' });
    expect(await untilEnded(world, id)).toMatchObject({
      state: 'FAILED',
      failure: {
        code: 'RESTORE_BLOCKED',
        message: expect.stringContaining('Stop Optimize; then'),
        data: { rollback: false, liftBlocks: [expect.stringContaining(String(importIndices(world.prefix)[0]))] },
      },
    });
    expect(await optimizeNames()).toEqual([...importIndices(world.prefix)].sort());
    await closeOptimize();
    await gone();
    await expectEnded(world, await restore(world.api, { backupId: 'b' }), 'SUCCEEDED', before);
  });
});

describe('work that is under way', () => {
  it('a snapshot of those indices, whoever makes it', async () => {
    const slow = await world.newRepository('slow');
    await slowDown(world.engine, slow, join(sharedStack().repositoriesPath, slow), '20kb');
    const index = `${world.prefix}-process-instance-heavy_v8`;
    await world.engine.createIndex(index);
    await putBulk(world.engine, index, 400);
    await world.engine.call('PUT', `_snapshot/${slow}/by-hand`, { indices: index, include_global_state: false });
    const { blockers } = await expectBlocked(inPlace, ['SNAPSHOT_RUNNING']);
    expect(blockers[0]?.found).toEqual([`${slow}/by-hand`]);
    await world.engine.call('DELETE', `_snapshot/${slow}/by-hand`);
    await world.engine.call('DELETE', index);
    expect((await planRestore(world.api, inPlace)).blockers).toEqual([]);
  });

  it('a backup that is being made', async () => {
    const part1 = gate.hold(createOfPart('making', 1));
    const operation = await create(world.api, 'making');
    await part1.arrived;
    const { blockers } = await expectBlocked(inPlace, ['BACKUP_RUNNING']);
    expect(blockers[0]?.found).toEqual([`making (operation ${operation})`]);
    part1.decide({ do: 'forward' });
    await world.api.untilState('making', 'COMPLETED');
    expect((await planRestore(world.api, inPlace)).blockers).toEqual([]);
  });
});

describe('the repository', () => {
  const register = (folder: string) =>
    world.engine.putRepository(world.repository, join(sharedStack().repositoriesPath, folder));

  it('that is not registered any more', async () => {
    await world.engine.call('DELETE', `_snapshot/${world.repository}`);
    const { blockers } = await expectBlocked(beside, ['REPOSITORY_UNAVAILABLE']);
    expect(blockers[0]).toMatchObject({ found: [world.repository], remedy: expect.stringContaining('Register') });
    await register(world.repository);
    expect((await planRestore(world.api, beside)).blockers).toEqual([]);
  });

  it('that stands for another place now', async () => {
    await register(`${world.repository}-elsewhere`);
    await world.engine.takeSnapshot(world.repository, 'of-another', { indices: importIndices(world.prefix).join() });
    await expectBlocked(beside, ['REPOSITORY_CHANGED', 'PART_MISSING']);
    await register(world.repository);
    expect((await planRestore(world.api, beside)).blockers).toEqual([]);
  });
});

describe('room', () => {
  it('for shards that the cluster does not have', async () => {
    const most = (shards: number | null) =>
      world.engine.call('PUT', '_cluster/settings', { persistent: { 'cluster.max_shards_per_node': shards } });
    world.onEnd(() => most(null));
    await most(1);
    const { blockers } = await expectBlocked(beside, ['SHARDS_SHORT']);
    expect(blockers[0]?.found).toEqual(['needed 6 shards', 'free 0 shards']);
    await most(null);
    expect((await planRestore(world.api, beside)).blockers).toEqual([]);
  });
});
