import { expect, it } from 'vitest';
import { create, operation, send, untilOperation } from './harness/requests/v1.ts';
import { openEngineGate } from './harness/services/engine-gate.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });

it('gives a deletion up after as many tries as its own limit says, while a create goes on trying', async () => {
  const gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const [api, worker] = await Promise.all([
    world.startApi(),
    world.startWorker({ ELASTICSEARCH_URL: gate.url, RETRY_DELETE_TRANSIENT_MAX_ATTEMPTS: '2' }),
  ]);
  Object.assign(world, { api, worker });
  await create(api, 'kept');
  await api.untilState('kept', 'COMPLETED');
  await gate.shut();

  const deletion = await send(api, 'DELETE', '/backups/kept', { reason: 'test', confirm: 'kept' });
  const created = await create(api, 'next');

  const failed = await untilOperation(world, String(deletion.json?.operationId), 'FAILED');
  expect(failed.attempts).toMatchObject([
    { failureClass: 'transient' },
    { failureClass: 'transient', nextAttemptAt: null },
  ]);
  expect(failed.failure).toMatchObject({ code: 'ENGINE_UNREACHABLE', data: { exhausted: '2 tries in a row failed' } });
  const going = await world.until(
    'the create has failed more often',
    () => operation(api, created),
    ({ attempts }) => attempts.length > 2,
  );
  expect(['WAITING', 'RUNNING']).toContain(going.state);
  await gate.open();
  await api.untilState('next', 'COMPLETED');
});
