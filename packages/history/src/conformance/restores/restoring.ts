import { expect, it } from 'vitest';
import {
  accepted,
  claimed,
  claiming,
  command,
  completed,
  deleted,
  deletion,
  failed,
  here,
  keyOf,
  newCreate,
  operationId,
  someone,
  succeeded,
  wait,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';
import { backedUp, newRestore, restoring as opened, restored } from './examples.ts';

const otherRepository = { repository: 'others', repositoryUuid: 'repository-b' };
const safetyRepository = { repository: 'safety', repositoryUuid: 'repository-c' };
const elsewhere = { clusterUuid: 'cluster-b', repository: 'others', repositoryUuid: 'repository-b' };

export const restoring = (makeHistory: MakeHistory): void => {
  it.each(['restore', 'rehearse'] as const)('opens a %s that a worker claims', async (kind) => {
    const { history } = await makeHistory();
    const id = await opened(history, newRestore(2, await backedUp(history, 1), { kind }));
    expect(await history.overdue(-1_000, 10)).toEqual([{ operationId: id, revision: 1 }]);
    expect(await claimed(history, id)).toMatchObject({
      ...{ kind, revision: 2, requestId: 'request-2', trigger: 'request', failedTries: 0 },
      detail: { inPlace: true, safetyBackup: false },
      backup: { backupId: 'backup-1', create: { operationId: operationId(1), state: 'SUCCEEDED' } },
    });
    expect((await history.eventsOf('backup-1', 10)).map((event) => event.kind)).toEqual([
      'backup.requested',
      'restore.requested',
    ]);
    await history.record(id, 2, succeeded);
    expect(await history.findBackup('backup-1', here)).toMatchObject({ state: 'COMPLETED', failure: undefined });
  });

  it('answers what is no backup, or none any more', async () => {
    const { history } = await makeHistory();
    expect(await history.requestRestore(newRestore(1, '999'))).toEqual({ accepted: false, why: 'unknown' });
    const key = await backedUp(history, 2);
    await history.requestDeletion(key, command, deletion(3));
    await deleted(history, operationId(3));
    expect(await history.requestRestore(newRestore(4, key))).toEqual({ accepted: false, why: 'deleted' });
  });

  it.each(['restore', 'rehearse'] as const)('opens no %s beside another operation of the backup', async (kind) => {
    const { history } = await makeHistory();
    await accepted(history, newCreate(1, 'nightly'));
    const key = await keyOf(history, 'nightly');
    expect(await history.requestRestore(newRestore(2, key, { kind }))).toEqual({
      ...{ accepted: false, why: 'busy', operationId: operationId(1), kind: 'create', backupId: 'nightly' },
    });
    expect(await history.findRestore(operationId(2))).toBeUndefined();
    expect(await history.eventsOf('nightly', 10)).toHaveLength(1);
  });

  it('opens one restore per cluster, whatever backup it is of, and rehearsals beside it', async () => {
    const { history } = await makeHistory();
    const [one, two, three] = [await backedUp(history, 1), await backedUp(history, 2), await backedUp(history, 6)];
    const id = await opened(history, newRestore(3, one));
    expect(await history.requestRestore(newRestore(4, two))).toEqual({
      ...{ accepted: false, why: 'restoring', operationId: id, kind: 'restore', backupId: 'backup-1' },
    });
    await opened(history, newRestore(5, two, { kind: 'rehearse' }));
    await opened(history, newRestore(7, three, { clusterUuid: 'cluster-b' }));
    await restored(history, id);
    await opened(history, newRestore(9, await backedUp(history, 8)));
  });

  it('opens one of twenty restores into a cluster at once', async () => {
    const { history } = await makeHistory();
    const keys: string[] = [];
    for (let nth = 1; nth <= 20; nth += 1) keys.push(await backedUp(history, nth));
    const answers = await Promise.all(keys.map((key, at) => history.requestRestore(newRestore(at + 101, key))));
    expect(answers.filter((answer) => answer.accepted)).toHaveLength(1);
    const winner = operationId(101 + answers.findIndex((answer) => answer.accepted));
    for (const answer of answers) {
      if (!answer.accepted) expect(answer).toMatchObject({ why: 'restoring', operationId: winner });
    }
    expect(await history.listRestores({}, undefined, 50)).toHaveLength(1);
  });

  it('opens one of twenty restores of a backup at once, and tells it once', async () => {
    const { history } = await makeHistory();
    const key = await backedUp(history, 1);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        history.requestRestore(newRestore(at + 101, key, { clusterUuid: `cluster-${at}` })),
      ),
    );
    expect(answers.filter((answer) => answer.accepted)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.accepted && answer.why === 'busy')).toHaveLength(19);
    expect(await history.eventsOf('backup-1', 50)).toHaveLength(2);
  });

  it('has one winner where a restore meets a deletion', async () => {
    const { history } = await makeHistory();
    for (let nth = 1; nth <= 10; nth += 1) {
      const key = await backedUp(history, nth);
      const [restore, removal] = await Promise.all([
        history.requestRestore(newRestore(nth + 100, key, { clusterUuid: `cluster-${nth}` })),
        history.requestDeletion(key, command, deletion(nth + 200)),
      ]);
      expect(restore.accepted).toBe(!removal.accepted);
      expect(restore.accepted ? removal : restore).toMatchObject({ why: 'busy' });
    }
  });

  it('deletes no backup that is being restored', async () => {
    const { history } = await makeHistory();
    const key = await backedUp(history, 1);
    const id = await opened(history, newRestore(2, key));
    expect(await history.requestDeletion(key, command, deletion(3))).toEqual({
      ...{ accepted: false, why: 'busy', operationId: id },
    });
    await restored(history, id);
    expect(await history.requestDeletion(key, command, deletion(3))).toMatchObject({ accepted: true });
  });

  it('takes no backup while one is restored in place, but its own and those of other clusters', async () => {
    const { history } = await makeHistory();
    const id = await opened(history, newRestore(2, await backedUp(history, 1)));
    const refused = { accepted: false, restoring: { operationId: id, backupId: 'backup-1' } };
    expect(await history.accept(newCreate(3, 'nightly'))).toEqual(refused);
    expect(await history.accept(newCreate(3, 'nightly', { safetyOf: operationId(99) }))).toEqual(refused);
    expect(await history.findBackup('nightly', undefined)).toBeUndefined();
    expect(await history.findOperation(operationId(3))).toBeUndefined();
    await accepted(history, newCreate(4, 'elsewhere', { location: elsewhere }));
    await accepted(history, newCreate(5, 'safety', { safetyOf: id }));
    await restored(history, id);
    await accepted(history, newCreate(3, 'nightly'));
  });

  it('leaves the key of a refused backup to be released', async () => {
    const { history } = await makeHistory();
    await opened(history, newRestore(2, await backedUp(history, 1)));
    const times = { keepMs: 60_000, abandonedMs: 30_000 };
    expect(await history.claimKey('key', 'body', times)).toEqual({ claim: 'fresh' });
    const create = newCreate(3, 'nightly', { idempotency: { key: 'key', answer: { operationId: operationId(3) } } });
    expect(await history.accept(create)).toMatchObject({ restoring: { operationId: operationId(2) } });
    await history.releaseKey('key');
    expect(await history.claimKey('key', 'body', times)).toEqual({ claim: 'fresh' });
  });

  it('takes backups beside a restore under other names, and beside a rehearsal', async () => {
    const { history } = await makeHistory();
    await opened(history, newRestore(2, await backedUp(history, 1), { detail: { inPlace: false } }));
    await opened(history, newRestore(4, await backedUp(history, 3), { kind: 'rehearse' }));
    expect(await history.accept(newCreate(5, 'nightly'))).toEqual({ accepted: true, revision: 1 });
  });

  it('gives restores no part in the line of creates', async () => {
    const { history } = await makeHistory();
    const key = await backedUp(history, 1);
    await accepted(history, newCreate(2, 'running'));
    const { revision } = await claimed(history, operationId(2));
    const id = await opened(history, newRestore(3, key, { detail: { inPlace: false } }));
    await accepted(history, newCreate(4, 'waiting'));
    expect(await history.claim(operationId(4), claiming)).toMatchObject({ why: 'queued' });
    await claimed(history, id);
    expect(await history.record(operationId(2), revision, succeeded)).toMatchObject({
      next: [{ operationId: operationId(4) }],
    });
    await claimed(history, operationId(4));
    expect(await history.record(id, 2, succeeded)).toMatchObject({ next: [] });
  });

  it('names the creates that are open in a cluster', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'done'));
    await accepted(history, newCreate(2, 'waiting'));
    await claimed(history, operationId(2));
    await accepted(history, newCreate(3, 'next'));
    await accepted(history, newCreate(4, 'elsewhere', { location: elsewhere }));
    await history.requestDeletion(await keyOf(history, 'done'), command, deletion(5));
    expect(await history.openCreates(here.clusterUuid)).toEqual([
      { operationId: operationId(2), backupId: 'waiting' },
      { operationId: operationId(3), backupId: 'next' },
    ]);
    expect(await history.openCreates('cluster-c')).toEqual([]);
  });

  it('lets no create begin that was accepted before, until the restore has ended', async () => {
    const { history, advance } = await makeHistory();
    const key = await backedUp(history, 1);
    await accepted(history, newCreate(2, 'running'));
    await claimed(history, operationId(2));
    await history.record(operationId(2), 2, wait(0));
    await accepted(history, newCreate(3, 'waiting', { location: { ...here, ...otherRepository } }));
    const id = await opened(history, newRestore(4, key));
    expect(await history.claim(operationId(3), claiming)).toEqual({
      ...{ claimed: false, why: 'queued', dueInMs: claiming.queuedRetryMs },
    });
    expect(await history.openCreates(here.clusterUuid)).toHaveLength(2);
    await claimed(history, operationId(2));
    await accepted(history, newCreate(5, 'safety', { location: { ...here, ...safetyRepository }, safetyOf: id }));
    expect(await claimed(history, operationId(5))).toMatchObject({ detail: { safetyOf: id } });
    await restored(history, id);
    await advance(claiming.queuedRetryMs);
    expect(await claimed(history, operationId(3))).toMatchObject({ detail: {} });
  });

  it('leaves neither a create nor a restore unseen where they meet', async () => {
    const { history } = await makeHistory();
    for (let nth = 1; nth <= 10; nth += 1) {
      const location = { clusterUuid: `cluster-${nth}`, repository: 'r', repositoryUuid: `repository-${nth}` };
      await completed(history, newCreate(nth, 'old', { location }));
      const { key } = (await history.findBackup('old', location)) ?? { key: '' };
      const [, acceptance] = await Promise.all([
        opened(history, newRestore(nth + 100, key, { clusterUuid: location.clusterUuid })),
        history.accept(newCreate(nth + 200, 'new', { location })),
      ]);
      const open = await history.openCreates(location.clusterUuid);
      expect(open).toHaveLength(acceptance.accepted ? 1 : 0);
      const claim = await history.claim(operationId(nth + 200), claiming);
      expect(claim).toMatchObject({ claimed: false, why: acceptance.accepted ? 'queued' : 'unknown' });
    }
  });

  it('retries a restore that failed unless another one writes to the cluster', async () => {
    const { history } = await makeHistory();
    const [one, two] = [await backedUp(history, 1), await backedUp(history, 2)];
    const first = await opened(history, newRestore(3, one));
    await restored(history, first, { state: 'FAILED' });
    const second = await opened(history, newRestore(4, two, { detail: { inPlace: false } }));
    expect(await history.retryOperation(first, command)).toEqual({ done: false, why: 'busy' });
    await restored(history, second);
    expect(await history.retryOperation(first, command)).toEqual({
      ...{ done: true, operation: { operationId: first, revision: 4 } },
    });
    expect(await history.requestRestore(newRestore(5, two))).toMatchObject({ why: 'restoring', operationId: first });
    const { trigger, detail, now } = await claimed(history, first);
    expect({ trigger, detail }).toMatchObject({ trigger: 'person', detail: { inPlace: true } });
    const age = now.getTime() - new Date(String(detail.progressAt)).getTime();
    expect(age >= 0 && age < 60_000).toBe(true);
  });

  it('retries no restore that deletes indices, and a rehearsal or one that deletes none as before', async () => {
    const { history } = await makeHistory();
    const deletes = [{ index: 'optimize-alert_v4', uuid: 'i1' }];
    const details = [
      { inPlace: true, task: { deletes } },
      { inPlace: true, task: { deletes: [] } },
    ];
    const ids: string[] = [];
    for (const [at, detail] of details.entries()) {
      const id = await opened(history, newRestore(at + 101, await backedUp(history, at + 1), { detail }));
      await restored(history, id, { state: 'FAILED' });
      ids.push(id);
    }
    const [deleting = '', other = ''] = ids;
    const before = await history.findOperation(deleting);
    expect(await history.retryOperation(deleting, command)).toEqual({ done: false, why: 'deletes-indices' });
    expect(await history.findOperation(deleting)).toEqual(before);
    expect((await history.eventsOf('backup-1', 10)).map(({ kind }) => kind)).not.toContain('operation.retried');
    expect(await history.retryOperation(other, command)).toMatchObject({ done: true });
  });

  it('has one winner where retries of restores meet', async () => {
    const { history } = await makeHistory();
    const ids: string[] = [];
    for (let nth = 1; nth <= 10; nth += 1) {
      const id = await opened(history, newRestore(nth + 100, await backedUp(history, nth)));
      await restored(history, id, { state: 'FAILED' });
      ids.push(id);
    }
    const retried = await Promise.all(ids.map((id) => history.retryOperation(id, command)));
    expect(retried.filter(({ done }) => done)).toHaveLength(1);
    expect(retried.filter((answer) => !answer.done && answer.why === 'busy')).toHaveLength(9);
  });

  it('retries no create while one is restored in place', async () => {
    const { history } = await makeHistory();
    const create = await failed(history, newCreate(1, 'nightly'));
    const id = await opened(history, newRestore(3, await backedUp(history, 2)));
    expect(await history.retryOperation(create, command)).toEqual({ done: false, why: 'busy' });
    await restored(history, id);
    expect(await history.retryOperation(create, command)).toMatchObject({ done: true });
  });

  it('gives an operation of the same id only one place', async () => {
    const { history } = await makeHistory();
    const key = await backedUp(history, 1);
    await expect(history.requestRestore(newRestore(1, key, { actor: someone }))).rejects.toThrow();
  });
};
