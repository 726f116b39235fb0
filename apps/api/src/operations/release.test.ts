import { accepted, asked, newCreate, operationId } from '@tandem/history/conformance/examples.ts';
import { backedUp, newRestore, restoring } from '@tandem/history/conformance/restore-examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory.ts';
import { expect, it } from 'vitest';
import { cancel, type Operate, release, stop } from './operate.ts';

const why = { code: 'HISTORY_ROLLED_BACK', message: 'It was put back.', data: {} };

const setUp = async () => {
  const history = inMemoryHistory({ now: () => new Date('2026-03-01T12:00:00Z') });
  const queued: string[] = [];
  const deps: Operate = {
    history,
    enqueue: (job) => void queued.push(job.operationId),
    announce: () => undefined,
    newId: () => operationId(99),
  };
  const suspend = () => history.suspendOperations({ scope: 'all' }, { actor: asked.actor, source: 'sweep', why }, 100);
  return { history, deps, queued, suspend };
};

it('releases a suspended create and queues it', async () => {
  const { history, deps, queued, suspend } = await setUp();
  const id = await accepted(history, newCreate(1, 'nightly'));
  await suspend();
  expect(await release(deps, id, asked)).toMatchObject({ state: 'QUEUED' });
  expect(queued).toEqual([id]);
});

it('refuses what is not suspended, and what is not there', async () => {
  const { history, deps } = await setUp();
  const id = await accepted(history, newCreate(1, 'nightly'));
  await expect(release(deps, id, asked)).rejects.toMatchObject({ code: 'OPERATION_NOT_SUSPENDED' });
  await expect(release(deps, operationId(7), asked)).rejects.toMatchObject({ code: 'OPERATION_NOT_FOUND' });
});

it.each([
  ['cancel of the operation', (deps: Operate, id: string) => cancel(deps, id, asked, false)],
  ['cancel of the restore', (deps: Operate, id: string) => stop(deps, id, asked)],
])('never releases a restore; a %s ends it at once, and queues nothing', async (_, end) => {
  const { history, deps, queued, suspend } = await setUp();
  const id = await restoring(history, newRestore(2, await backedUp(history, 1)));
  await suspend();
  await expect(release(deps, id, asked)).rejects.toMatchObject({
    code: 'OPERATION_NOT_RELEASABLE',
    message: expect.stringContaining(`POST /api/v1/operations/${id}/cancel`),
  });
  expect(await end(deps, id)).toMatchObject({ state: 'CANCELLED' });
  expect(queued).toEqual([]);
});
