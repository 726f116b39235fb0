import { expect, it } from 'vitest';
import { useWorld } from './harness/world.ts';

const world = useWorld({ environment: { INTERRUPTED_RETRY_DELAY: '1s' } });

it.each([
  [1, 'import-index_v9'],
  [2, 'homeless_v1'],
])(
  'ends FAILED with the words of the engine when an index of part %s has no primary for three tries',
  async (part, index) => {
    const id = `unassigned-${part}`;
    const name = `${world.prefix}-${index}`;
    await world.engine.createIndex(name, { settings: { 'index.routing.allocation.require._name': 'no-such-node' } });

    expect((await world.api.post(id)).status).toBe(200);
    await world.api.untilState(id, 'FAILED');

    const words = /Indices don't have primary shards|not all primary shards|primary shard/i;
    const [backup] = await world.sql('select * from backup where backup_id = $1', id);
    expect(backup).toMatchObject({
      state: 'FAILED',
      finished_at: expect.any(Date),
      failure: {
        code: 'ENGINE_FAILED',
        data: { call: 'startSnapshot', status: 500, type: 'snapshot_exception', reason: expect.stringMatching(words) },
      },
    });
    const failed = await world.untilEvent(id, 'backup.failed');
    expect(failed.reason).toMatch(words);
    expect(failed.reason).toContain(name);
    const [operation] = await world.sql(
      'select o.* from operation o join backup b on b.key = o.backup_key where b.backup_id = $1',
      id,
    );
    expect(operation).toMatchObject({ state: 'FAILED', attempts: part + 2, ended_at: expect.any(Date) });
    // the attempts of the parts before it had ended well
    const attempts = await world.sql('select * from attempt where operation_id = $1 order by number', operation?.id);
    const attempt = attempts.at(-1);
    expect(attempt).toMatchObject({ number: part + 2, part, error_class: 'terminal', next_try_at: null });
    expect(attempts.slice(-3, -1)).toMatchObject([{ error_class: 'transient' }, { error_class: 'transient' }]);
    expect(JSON.stringify(attempt?.reason)).toMatch(words);
    expect((await world.snapshotsOf(id)).map(({ state }) => state)).toEqual(part === 1 ? [] : ['SUCCESS']);
    await world.engine.call('DELETE', name);
  },
);

it('waits for a primary that comes back, as when a node restarts', async () => {
  const name = `${world.prefix}-late_v1`;
  const allocation = 'index.routing.allocation.require._name';
  await world.engine.createIndex(name, { settings: { [allocation]: 'no-such-node' } });
  expect((await world.api.post('restarts')).status).toBe(200);
  await world.untilEvent('restarts', 'attempt.failed');
  await world.engine.call('PUT', `${name}/_settings`, { [allocation]: null });
  await world.api.untilState('restarts', 'COMPLETED');
  await world.engine.call('DELETE', name);
});

it('goes on with the next backup after one that failed', async () => {
  expect((await world.api.post('after')).status).toBe(200);
  await world.api.untilState('after', 'COMPLETED');
  expect(await world.api.state('unassigned-1')).toBe('FAILED');
});
