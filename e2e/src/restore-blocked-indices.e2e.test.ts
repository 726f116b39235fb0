import { expect, it } from 'vitest';
import { indexNames, rehearse, removeIndices, restore, untilRestoreEnded } from './harness/requests/restores.ts';
import { backup, create, send } from './harness/requests/v1.ts';
import { openEngineGate } from './harness/services/engine-gate.ts';
import { otherIndices } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ environment: { LEASE_DURATION: '1s' } });
const put = (index: string, settings: object) => world.engine.call('PUT', `${index}/_settings`, settings);
const dashboards = () => otherIndices(world.prefix)[0] ?? '';
const copies = () => indexNames(world.engine, 'tandem-rehearsal-*');

const save = async (backupId: string): Promise<void> => {
  await create(world.api, backupId);
  await world.api.untilState(backupId, 'COMPLETED');
};

it.each(['metadata', 'read_only', 'read'])(
  'rehearses a backup of an index that has index.blocks.%s, and leaves nothing behind',
  async (block) => {
    const backupId = `saved-${block.replace('_', '-')}`;
    world.onEnd(() => put(dashboards(), { [`index.blocks.${block}`]: null }));
    await put(dashboards(), { [`index.blocks.${block}`]: true });
    await save(backupId);

    const ended = await untilRestoreEnded(world, await rehearse(world.api, backupId));

    expect(ended).toMatchObject({ state: 'SUCCEEDED', failure: null, report: { indices: 6, differing: 0 } });
    expect(await copies()).toEqual([]);
    // no engine counts the documents of an index with one of the other two
    const proof = block === 'read_only' ? 'lastFullProof' : 'lastPartialProof';
    expect(await backup(world.api, backupId)).toMatchObject({ [proof]: { indices: 6 } });
    await put(dashboards(), { [`index.blocks.${block}`]: null });
  },
);

it.each(['metadata', 'read_only'])('removes a copy that carries index.blocks.%s when it is stopped', async (block) => {
  const backupId = `stopped-${block.replace('_', '-')}`;
  const repository = await world.newRepository(`slow-${block.replace('_', '-')}`, {
    max_restore_bytes_per_sec: '10kb',
  });
  const api = await world.startApi({ CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: repository });
  const text = Array.from({ length: 20_000 }, () => Math.random()).join(' ');
  await world.engine.putDocuments(dashboards(), [{ text }]);
  await create(api, backupId);
  await api.untilState(backupId, 'COMPLETED');

  const id = await rehearse(api, backupId, { indices: [dashboards()] });
  const [copy = ''] = await world.until('there is a copy', copies, (names) => names.length > 0);
  await put(copy, { [`index.blocks.${block}`]: true });
  const stopped = await send(api, 'POST', `/restores/${id}/cancel`, { reason: 'enough' });

  expect(stopped.status, stopped.text).toBe(202);
  expect(await untilRestoreEnded(world, id)).toMatchObject({ state: 'CANCELLED' });
  expect(await copies()).toEqual([]);
  const steps = (await world.events(backupId)).filter(({ kind }) => kind === 'rehearsal.step');
  expect(steps.map(({ after }) => after)).toContainEqual(expect.objectContaining({ step: 'unblock', block }));
  await api.kill();
});

it('drops saved allocation settings on request, and always in a rehearsal', async () => {
  const zone = 'index.routing.allocation.require.zone';
  await put(dashboards(), { [zone]: 'nowhere' });
  await save('filtered');
  await put(dashboards(), { [zone]: null });
  const target = { renamePattern: '^(.+)$', renameReplacement: 'any-node-$1' };

  const dropping = await restore(world.api, { backupId: 'filtered', target, dropAllocation: true });
  expect(await untilRestoreEnded(world, dropping)).toMatchObject({ state: 'SUCCEEDED', dropAllocation: true });
  await removeIndices(world.engine, `any-node-${world.prefix}-*`);

  const proof = await rehearse(world.api, 'filtered');
  expect(await untilRestoreEnded(world, proof)).toMatchObject({ state: 'SUCCEEDED', dropAllocation: true });
});

it('rehearses indices whose names leave no room for its prefix', async () => {
  const end = `${'y'.repeat(40)}_v8`;
  const start = `${world.prefix}-process-instance-`;
  const names = ['a', 'b'].map((middle) => `${start}${middle.padStart(250 - start.length - end.length, 'x')}${end}`);
  for (const name of names) await world.engine.createIndex(name);
  await world.engine.putDocuments(names[1] ?? '', [{ id: 1 }]);
  await save('long');

  const ended = await untilRestoreEnded(world, await rehearse(world.api, 'long'));

  expect(ended).toMatchObject({ state: 'SUCCEEDED', report: { indices: 8, differing: 0 } });
  expect(await copies()).toEqual([]);
  for (const name of names) await removeIndices(world.engine, name);
});

it('closes an index again that was saved closed', async () => {
  await world.engine.call('POST', `${dashboards()}/_close`);
  await save('closed');
  await world.engine.call('POST', `${dashboards()}/_open`);
  const target = { renamePattern: '^(.+)$', renameReplacement: 'closed-$1' };

  const ended = await untilRestoreEnded(world, await restore(world.api, { backupId: 'closed', target }));

  expect(ended).toMatchObject({ state: 'SUCCEEDED', report: { indices: 6 } });
  expect(ended.report).not.toHaveProperty('notClosed');
  const path = `_resolve/index/closed-${dashboards()}?expand_wildcards=all`;
  expect(await world.engine.call('GET', path)).toMatchObject({ indices: [{ attributes: ['closed'] }] });
  await removeIndices(world.engine, `closed-${world.prefix}-*`);
});

it('says why no node may hold a shard, in the words of the engine', async () => {
  const limit = 'cluster.routing.allocation.total_shards_per_node';
  const set = (value: number | null) =>
    world.engine.call('PUT', '_cluster/settings', { transient: { [limit]: value } });
  world.onEnd(() => set(null));
  await save('homeless');
  const gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  await world.worker.kill();
  Object.assign(world, { worker: await world.startWorker({ ELASTICSEARCH_URL: gate.url }) });
  // the plan would block it: the limit comes after the last check
  const sent = gate.hold(({ method, path }) => method === 'POST' && path.includes('/_restore'));
  const id = await rehearse(world.api, 'homeless');
  await sent.arrived;
  await set(1);
  sent.decide({ do: 'forward' });
  const { state, failure } = await untilRestoreEnded(world, id);
  await set(null);
  expect({ state, failure }).toMatchObject({
    state: 'FAILED',
    failure: {
      code: 'RESTORE_SHARDS_FAILED',
      message: expect.stringContaining('cluster.routing.allocation.total_shards_per_node'),
    },
  });
  expect(await copies()).toEqual([]);
});
