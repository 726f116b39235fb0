import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import type { OperationKind } from '@tandem/shared/domain/operation/operation.ts';
import { expect, it } from 'vitest';
import type { RequestContext } from '../http/route.ts';
import { previewRetry, runRetry } from './bulk-retry.ts';
import type { Operate } from './operate.ts';

const actor = { kind: 'anonymous', address: '127.0.0.1' } as const;
const context = { actor, requestId: 'request-1', role: 'admin' } as RequestContext;
const request = { filter: { kind: ['create' as const] }, reason: 'mended' };
const operationId = (nth: number) => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;

const setUp = () => {
  const history = inMemoryHistory({ now: () => new Date(0) });
  const engine = inMemoryEngine();
  const deps: Operate = { history, engine, enqueue: () => undefined, announce: () => undefined, newId: () => 'id' };
  const claim = { worker: 'one', leaseMs: 10_000, createsPerRepository: 1, queuedRetryMs: 1_000 };
  const accept = (nth: number) =>
    history.accept({
      backupId: `backup-${nth}`,
      optimizeVersion: '3.9.0',
      profile: 'optimize',
      indexPrefix: 'optimize',
      origin: 'requested',
      location: { clusterUuid: 'c', repository: `r-${nth}`, repositoryUuid: `u-${nth}` },
      parts: [{ number: 1, of: 1, snapshotName: `backup-${nth}-1`, indices: ['optimize-a'] }],
      operationId: operationId(nth),
      requestId: undefined,
      actor,
      events: [],
    });
  const fail = async (nth: number) => {
    const claimed = await history.claim(operationId(nth), claim);
    if (!claimed.claimed) throw new Error(claimed.why);
    await history.record(operationId(nth), claimed.operation.revision, {
      outcome: { do: 'end', state: 'FAILED', backup: 'FAILED', failure: { code: 'X', message: 'X.', data: {} } },
    });
  };
  const failedOnes = async (...numbers: readonly number[]) => {
    for (const nth of numbers) await accept(nth);
    for (const nth of numbers) await fail(nth);
  };
  const retried = (nth: number) =>
    history.retryOperation(operationId(nth), { actor, reason: 'by hand', requestId: undefined });
  const run = async (token: string) =>
    (await runRetry(deps, request, token, context)).items.map(({ operationId: id, result }) => [
      Number(id.slice(-12)),
      result,
    ]);
  const failedRestore = async (nth: number, kind: 'restore' | 'rehearse') => {
    const { key } = (await history.findBackup(`backup-${nth}`, undefined)) ?? { key: '' };
    const id = operationId(nth + 100);
    const detail = { inPlace: false, task: { deletes: [] } };
    await history.requestRestore({
      ...{
        operationId: id,
        kind,
        backupKey: key,
        clusterUuid: `c-${nth}`,
        requestId: undefined,
        actor,
        detail,
        events: [],
      },
    });
    await fail(nth + 100);
  };
  const failedDeletion = async (nth: number) => {
    const { key } = (await history.findBackup(`backup-${nth}`, undefined)) ?? { key: '' };
    const deletion = { operationId: operationId(nth + 100), keepBackup: false, onlyUnfinished: false };
    const asked = { actor, reason: 'by hand', requestId: undefined };
    await history.requestDeletion(key, asked, { ...deletion, deleteDiscovered: false });
    await fail(nth + 100);
  };
  const shown = (kind?: readonly OperationKind[]) =>
    previewRetry(deps, { filter: kind === undefined ? {} : { kind: [...kind] }, reason: 'mended' });
  return {
    ...{ preview: () => previewRetry(deps, request), shown },
    ...{ run, accept, fail, failedOnes, failedRestore, failedDeletion, retried },
  };
};

it('retries what was shown, and nothing that failed since, older or newer', async () => {
  const { preview, run, accept, fail, failedOnes } = setUp();
  await accept(1);
  await failedOnes(2, 3);
  const { token, count } = await preview();
  await fail(1);
  await failedOnes(4);
  expect(count).toBe(2);
  expect(await run(token)).toEqual([
    [4, 'SKIPPED'],
    [3, 'QUEUED'],
    [2, 'QUEUED'],
    [1, 'SKIPPED'],
  ]);
});

it('tells of what was shown and has been retried since', async () => {
  const { preview, run, fail, failedOnes, retried } = setUp();
  await failedOnes(1, 2, 3);
  const { token } = await preview();
  await retried(1);
  await retried(2);
  await fail(2);
  expect(await run(token)).toEqual([
    [3, 'QUEUED'],
    [2, 'SKIPPED'],
    [1, 'OPERATION_NOT_FAILED'],
  ]);
});

it('does nothing with the token of a preview that showed nothing', async () => {
  const { preview, run, failedOnes } = setUp();
  const { token } = await preview();
  await failedOnes(1);
  expect(await run(token)).toEqual([[1, 'SKIPPED']]);
});

it('has no restores among them, deletions only where they are named, and says what each would delete', async () => {
  const { shown, failedOnes, failedRestore, failedDeletion } = setUp();
  await failedOnes(1, 2, 3, 4);
  await failedRestore(1, 'restore');
  await failedRestore(2, 'rehearse');
  await failedDeletion(3);
  const numbers = ({ operationIds }: { readonly operationIds: readonly string[] }) =>
    operationIds.map((id) => Number(id.slice(-12)));
  const all = await shown();
  expect([numbers(all), all.deletes]).toEqual([[102, 4, 3, 2, 1], []]);
  expect(numbers(await shown(['restore']))).toEqual([]);
  const deletions = await shown(['delete', 'restore', 'rehearse']);
  expect(numbers(deletions)).toEqual([103, 102]);
  const deletes = {
    operationId: operationId(103),
    backupId: 'backup-3',
    repository: 'r-3',
    snapshotNames: ['backup-3-1'],
  };
  expect(deletions.deletes).toEqual([deletes]);
});

it('takes a thousand at once and finds them below all that failed since', async () => {
  const { preview, run, failedOnes } = setUp();
  const some = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
  await failedOnes(...some(1, 1_001));
  const { token, count, more, operationIds } = await preview();
  expect({ count, more, shown: operationIds.length }).toEqual({ count: 1_000, more: 1, shown: 100 });
  await failedOnes(...some(1_002, 2_100));
  const results = await run(token);
  const queued = results.filter(([, result]) => result === 'QUEUED').map(([nth]) => nth);
  expect(queued).toEqual(some(2, 1_001).reverse());
  expect(results.filter(([, result]) => result === 'SKIPPED').map(([nth]) => nth)).toEqual(
    some(1_101, 2_100).reverse(),
  );
});
