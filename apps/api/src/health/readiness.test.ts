import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { inMemoryQueue } from '@tandem/queue/in-memory/queue.ts';
import { expect, it } from 'vitest';
import { readReadiness, untilDraining } from './readiness.ts';

const actor = { kind: 'system', name: 'test' } as const;
const OPERATION = '00000000-0000-4000-8000-000000000001';
const reason = {
  code: 'REPOSITORY_UNAVAILABLE',
  message: 'The engine cannot use its snapshot repository (verifyRepository · node other).',
  data: { nodes: ['other'] },
};

const setUp = async () => {
  let at = Date.now();
  const history = inMemoryHistory({ now: () => new Date(at) });
  const engine = inMemoryEngine();
  engine.createRepository('backups');
  await history.accept({
    ...{ backupId: 'nightly', optimizeVersion: '3.9.0', profile: 'optimize', indexPrefix: 'optimize' },
    location: { clusterUuid: 'cluster', repository: 'backups', repositoryUuid: undefined },
    parts: [{ number: 1, of: 1, snapshotName: 'nightly-1', indices: ['optimize-a'] }],
    ...{ origin: 'requested', operationId: OPERATION, requestId: undefined, actor, events: [] },
  });
  const failOnce = async (errorClass: 'operator' | 'transient') => {
    const claim = await history.claim(OPERATION, {
      ...{ worker: 'w', leaseMs: 60_000, createsPerRepository: 1, queuedRetryMs: 1_000 },
    });
    if (!claim.claimed) throw new Error(claim.why);
    const attempt = {
      part: 1,
      trigger: 'request',
      actor,
      errorClass,
      reason,
      startedAt: new Date(),
      nextInMs: 0,
    } as const;
    await history.record(OPERATION, claim.operation.revision, { attempt, outcome: { do: 'wait', inMs: 0 } });
  };
  const { queue } = inMemoryQueue();
  let checked = 0;
  const checkWrites = async () => {
    checked += 1;
  };
  const ready = readReadiness({
    ...{ history, checkWrites, queue, engine, repository: 'backups' },
    ...{ withinMs: 1_000, workerSeenWithinMs: 60_000 },
  });
  const pass = (ms: number): void => {
    at += ms;
  };
  return { ready, failOnce, history, pass, checks: () => checked };
};

it('warns of a backup that waits until an operator has fixed the repository, and says what is wrong', async () => {
  const { ready, failOnce } = await setUp();
  expect((await ready()).components.operations).toEqual({ status: 'UP' });
  await failOnce('transient');
  expect((await ready()).components.operations).toEqual({ status: 'UP' });
  await failOnce('operator');
  expect(await ready()).toMatchObject({
    status: 'UP',
    components: {
      operations: {
        status: 'WARN',
        reason: expect.stringMatching(/^Backup nightly waits for an operator: .*node other/),
      },
    },
  });
});

it('checks the services once for many requests that arrive together, and again for each later one', async () => {
  const { ready, checks } = await setUp();
  await Promise.all(Array.from({ length: 100 }, ready));
  expect(checks()).toBe(1);
  await ready();
  expect(checks()).toBe(2);
});

it('warns when no worker has been seen for a while, until one is', async () => {
  const { ready, history, pass } = await setUp();
  pass(60_000);
  expect((await ready()).components.operations).toEqual({ status: 'UP' });
  pass(1);
  expect(await ready()).toMatchObject({
    status: 'UP',
    components: {
      operations: { status: 'WARN', reason: expect.stringMatching(/^No worker has been seen since .*Start a worker/) },
    },
  });
  await history.beat(await history.readLine([]));
  expect((await ready()).components.operations).toEqual({ status: 'UP' });
});

it('is out of service from the moment that the process drains, and says of what it depends on what it did before', async () => {
  const { ready } = await setUp();
  const draining = new AbortController();
  const now = untilDraining(ready, draining.signal);
  const before = await now();
  expect(before.status).toBe('UP');
  draining.abort();
  expect(await now()).toEqual({ ...before, status: 'OUT_OF_SERVICE' });
});
