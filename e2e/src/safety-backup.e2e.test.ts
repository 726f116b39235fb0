import { beforeAll, expect, it } from 'vitest';
import { type AnsweringProxy, openAnsweringProxy } from './faults/answering-proxy.ts';
import { restoreOfPart } from './faults/restore-promise.ts';
import {
  allDocuments,
  planRestore,
  readRestore,
  removeIndices,
  restore,
  untilRestoreEnded,
} from './harness/requests/restores.ts';
import { create, read } from './harness/requests/v1.ts';
import { useWorld } from './harness/world.ts';

/* A restore must be possible in exactly the emergencies that it is for, and what it deleted must come back. */

const world = useWorld({ apps: false, environment: { LEASE_DURATION: '1s' } });
let proxy: AnsweringProxy;

beforeAll(async () => {
  proxy = await openAnsweringProxy(world.engineUrl);
  world.onEnd(proxy.close);
  const [api] = await Promise.all([world.startApi(), world.startWorker({ ELASTICSEARCH_URL: proxy.url })]);
  Object.assign(world, { api });
  await create(world.api, 'b');
  await world.api.untilState('b', 'COMPLETED');
});

const ours = () => `${world.prefix}-*`;
const wish = { backupId: 'b', deleteExisting: true };

it('brings back what a restore deleted that failed after that', async () => {
  const before = await allDocuments(world.engine, ours());
  const refusal = { error: { type: 'snapshot_restore_exception', reason: 'not this one' }, status: 500 };
  const headers = { 'x-elastic-product': 'Elasticsearch', 'content-type': 'application/json' };
  proxy.answer(restoreOfPart(2), 1, { status: 500, headers, body: JSON.stringify(refusal) });
  const id = await restore(world.api, wish, { confirm: 'b' });
  const ended = await untilRestoreEnded(world, id);
  const safetyBackupId = `before-restore-${id}`;
  expect(ended).toMatchObject({
    ...{ state: 'FAILED', safetyBackupId },
    failure: {
      ...{ code: 'RESTORE_REFUSED', data: { safetyBackupId, safetyIntact: true } },
      message: expect.stringContaining(`safety backup ${safetyBackupId}, which is intact`),
    },
  });
  expect(await allDocuments(world.engine, ours())).toEqual({});
  expect(await read(world.api, `/backups/${safetyBackupId}`)).toMatchObject({ safetyOf: id, state: 'COMPLETED' });

  const back = await restore(world.api, { backupId: safetyBackupId });

  expect(await untilRestoreEnded(world, back)).toMatchObject({ state: 'SUCCEEDED' });
  expect(await allDocuments(world.engine, ours())).toEqual(before);
});

it('has an empty part and an assumed version where import positions and metadata are lost, and can be restored', async () => {
  await removeIndices(world.engine, `${world.prefix}-*import-index_v*`);
  await removeIndices(world.engine, `${world.prefix}-metadata_v*`);
  const lost = await allDocuments(world.engine, ours());
  const id = await restore(world.api, wish, { confirm: 'b' });
  expect(await untilRestoreEnded(world, id)).toMatchObject({ state: 'SUCCEEDED' });
  const backupId = `before-restore-${id}`;
  expect(await read(world.api, `/backups/${backupId}`)).toMatchObject({
    ...{ state: 'COMPLETED', versionAssumed: true },
    parts: [{ state: 'EMPTY', indices: [] }, { state: 'SUCCESS' }],
  });
  const plan = await planRestore(world.api, { backupId, deleteExisting: true });
  expect(plan.blockers).toEqual([]);
  expect(plan.warnings).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ code: 'PART_EMPTY' }),
      expect.objectContaining({ code: 'VERSION_ASSUMED' }),
    ]),
  );
  const back = await restore(world.api, { backupId, deleteExisting: true }, { confirm: backupId });
  expect(await untilRestoreEnded(world, back)).toMatchObject({ state: 'SUCCEEDED' });
  expect(await allDocuments(world.engine, ours())).toEqual(lost);
  expect(await readRestore(world.api, back)).toMatchObject({ safetyBackupId: `before-restore-${back}` });
});
