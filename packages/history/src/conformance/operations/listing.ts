import { expect, it } from 'vitest';
import type { History } from '../../ports/history.ts';
import type { OperationFilter } from '../../ports/operations.ts';
import {
  accepted,
  claimed,
  command,
  completed,
  deleted,
  deletion,
  failed,
  here,
  keyOf,
  newCreate,
  operationId,
  refused,
  someone,
  succeeded,
  wait,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';

const inRepository = (repository: string) => ({
  location: { clusterUuid: 'c', repository, repositoryUuid: repository },
});

const numbersOf = async (history: History, filter: OperationFilter, after?: string, limit = 100): Promise<number[]> =>
  (await history.listOperations(filter, after, limit)).map(({ operationId: id }) => Number(id.slice(-4)));

/** 1 SUCCEEDED, 2 and 3 FAILED (terminal, operator), 4 CANCELLED, 5 WAITING after a failure, 6 QUEUED, 7 a deletion of the backup of 1. */
const someOfEach = async (history: History): Promise<void> => {
  await completed(history, newCreate(1, 'one'));
  await failed(history, newCreate(2, 'two'), 'terminal');
  await failed(history, newCreate(3, 'three'), 'operator');
  await history.cancelOperation(await accepted(history, newCreate(4, 'four')), command, undefined);
  const waiting = await accepted(history, newCreate(5, 'five', inRepository('b')));
  const { revision } = await claimed(history, waiting);
  const attempt = { part: 1, trigger: 'request', actor: someone, startedAt: new Date(), nextInMs: 60_000 } as const;
  await history.record(waiting, revision, {
    attempt: { ...attempt, errorClass: 'operator', reason: refused },
    ...wait(60_000),
  });
  await accepted(history, newCreate(6, 'six', inRepository('b')));
  await history.requestDeletion(await keyOf(history, 'one'), command, deletion(7));
};

export const listing = (makeHistory: MakeHistory): void => {
  const filters: readonly (readonly [OperationFilter, readonly number[]])[] = [
    [{}, [7, 6, 5, 4, 3, 2, 1]],
    [{ states: ['FAILED'] }, [3, 2]],
    [{ states: ['FAILED', 'QUEUED', 'FAILED'] }, [7, 6, 3, 2]],
    [{ kinds: ['delete'] }, [7]],
    [{ kinds: ['create'], states: ['SUCCEEDED', 'CANCELLED'] }, [4, 1]],
    [{ errorClass: 'operator' }, [5, 3]],
    [{ errorClass: 'operator', states: ['FAILED'] }, [3]],
    [{ errorClass: 'transient' }, []],
    [{ backupId: 'one' }, [7, 1]],
    [{ backupId: 'one', kinds: ['create'] }, [1]],
    [{ backupId: 'five', errorClass: 'operator' }, [5]],
    [{ backupId: 'two', errorClass: 'operator' }, []],
    [{ backupId: "'; --" }, []],
    [{ states: [] }, []],
  ];

  it('counts what fits', async () => {
    const { history } = await makeHistory();
    await someOfEach(history);
    for (const [filter, numbers] of filters) {
      expect(await history.countOperations(filter), JSON.stringify(filter)).toBe(numbers.length);
    }
  });

  it('shows what fits, newest first', async () => {
    const { history } = await makeHistory();
    await someOfEach(history);
    for (const [filter, numbers] of filters) {
      expect(await numbersOf(history, filter), JSON.stringify(filter)).toEqual(numbers);
    }
  });

  it('goes on after a position, with and without filters', async () => {
    const { history } = await makeHistory();
    await someOfEach(history);
    for (const [filter, numbers] of filters) {
      const seen: number[] = [];
      let after: string | undefined;
      for (let page = 0; page < 10; page += 1) {
        const operations = await history.listOperations(filter, after, 2);
        expect(operations.length).toBeLessThanOrEqual(2);
        seen.push(...operations.map(({ operationId: id }) => Number(id.slice(-4))));
        after = operations.at(-1)?.position ?? after;
      }
      expect(seen, JSON.stringify(filter)).toEqual(numbers);
    }
  });

  it('shows the operations of deleted incarnations too', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'nightly'));
    await history.requestDeletion(await keyOf(history, 'nightly'), command, deletion(2));
    await deleted(history, operationId(2));
    await accepted(history, newCreate(3, 'nightly'));
    expect(await numbersOf(history, { backupId: 'nightly' })).toEqual([3, 2, 1]);
  });

  it('tells all of an operation', async () => {
    const { history } = await makeHistory();
    const id = await failed(history, newCreate(1, 'nightly'), 'terminal');
    const operation = await history.findOperation(id);
    expect(operation).toEqual({
      operationId: id,
      position: expect.stringMatching(/^\d+$/),
      kind: 'create',
      state: 'FAILED',
      revision: 3,
      backupKey: await keyOf(history, 'nightly'),
      backupId: 'nightly',
      optimizeVersion: '8.7.0',
      repository: here.repository,
      requestedAt: expect.any(Date),
      requestId: 'request-1',
      actor: someone,
      nextTickAt: undefined,
      endedAt: expect.any(Date),
      attempts: 1,
      errorClass: 'terminal',
      failure: refused,
    });
    expect(await history.listOperations({}, undefined, 1)).toEqual([operation]);
    expect(await history.attemptsOf(id)).toEqual([
      {
        ...{ number: 1, part: 1, trigger: 'request', actor: someone, errorClass: 'terminal', reason: refused },
        ...{ startedAt: expect.any(Date), endedAt: expect.any(Date), nextAttemptAt: undefined },
      },
    ]);
    const open = await accepted(history, newCreate(2, 'other'));
    expect(await history.findOperation(open)).toMatchObject({ nextTickAt: expect.any(Date), endedAt: undefined });
  });

  it('knows no operation that there is none of', async () => {
    const { history } = await makeHistory();
    for (const id of [operationId(1), '', 'x', "'; --"]) {
      expect(await history.findOperation(id)).toBeUndefined();
      expect(await history.attemptsOf(id)).toEqual([]);
    }
    const open = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, open);
    await history.record(open, revision, succeeded);
    expect(await history.attemptsOf(open)).toEqual([]);
  });
};
