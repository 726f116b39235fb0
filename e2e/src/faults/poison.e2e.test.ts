import { expect, it } from 'vitest';
import { useWorld } from '../harness/world.ts';
import { expectPromise } from './promise.ts';

const world = useWorld({ environment: { CREATES_PER_REPOSITORY: '4' } });

/** Puts an open operation beside a backup that is COMPLETED. */
const putOperation = async (backupId: string, kind: string): Promise<string> => {
  const [row] = await world.sql(
    `insert into operation (id, backup_key, kind, lane, actor)
     select gen_random_uuid(), b.key, $2, b.cluster_uuid || '/' || b.repository, '{"kind":"system","name":"tomorrow"}'
     from backup b where b.backup_id = $1 returning id`,
    backupId,
    kind,
  );
  return String(row?.id);
};

const complete = async (...ids: readonly string[]) => {
  for (const id of ids) expect((await world.api.post(id)).status).toBe(200);
  for (const id of ids) await world.api.untilState(id, 'COMPLETED');
};

it('an operation of a kind that only a newer version knows waits for one that does, and others are made meanwhile', async () => {
  await complete('host');
  // as a newer version's migration would
  await world.sql('alter table operation drop constraint operation_kind_known');

  const id = await putOperation('host', 'compact');
  await world.until(
    'the worker has looked at it',
    () => world.worker.output(),
    (said) => said.includes('does not know operations of that kind') && said.includes(id),
  );
  await complete(...[1, 2, 3].map((at) => `beside-${at}`));

  const [left] = await world.sql('select state, attempts, ended_at from operation where id = $1', id);
  expect(left).toEqual({ state: 'WAITING', attempts: 0, ended_at: null });
  await expectPromise(
    world,
    [1, 2, 3].map((at) => `beside-${at}`),
  );
  expect(world.worker.isReady()).toBe(true);
  await world.sql('delete from operation where id = $1', id);
});

it('a plan that no worker understands fails with a reason, and holds nobody up', async () => {
  await world.worker.kill();
  expect((await world.api.post('poisoned')).status).toBe(200);
  await world.sql("update backup set profile = 'of-tomorrow' where backup_id = 'poisoned'");
  Object.assign(world, { worker: await world.startWorker() });

  await complete('beside-poisoned-1', 'beside-poisoned-2');

  await expectPromise(world, ['beside-poisoned-1', 'beside-poisoned-2']);
  await world.until(
    'it has ended',
    () => world.sql("select state from backup where backup_id = 'poisoned'"),
    ([row]) => row?.state === 'FAILED',
  );
  expect((await world.untilEvent('poisoned', 'backup.failed')).reason).toContain('of-tomorrow');
  await expectPromise(world, ['poisoned'], 'FAILED');
});
