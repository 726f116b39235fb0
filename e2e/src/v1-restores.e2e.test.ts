import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { HttpAnswer } from './harness/requests/api.ts';
import { create, expectProblem, type Page, read, send } from './harness/requests/v1.ts';
import { importIndices, otherIndices } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

type Json = Readonly<Record<string, unknown>>;
const world = useWorld({ environment: { LEASE_DURATION: '1s' } });
const indices = () => [...importIndices(world.prefix), ...otherIndices(world.prefix)].sort();
const post = (path: string, body: unknown, headers = {}): Promise<HttpAnswer> =>
  send(world.api, 'POST', path, body, headers);
const ENDS = ['SUCCEEDED', 'FAILED', 'CANCELLED'];
const ended = (id: string): Promise<Json> =>
  world.until(
    `restore ${id} has ended`,
    () => read(world.api, `/restores/${id}`),
    ({ state }) => ENDS.includes(String(state)),
  );
/** Plans, and asks for exactly that. */
const restore = async (wish: object, more: object = {}, headers = {}): Promise<HttpAnswer> => {
  const plan = await post('/restores/plan', wish);
  expect(plan.json?.blockers, plan.text).toEqual([]);
  return post('/restores', { ...wish, planHash: plan.json?.planHash, reason: 'drill', ...more }, headers);
};
const accepted = ({ status, headers, json, text }: HttpAnswer): string => {
  expect(status, text).toBe(202);
  expect(headers.get('location')).toBe(`/api/v1/restores/${json?.operationId}`);
  expect(json?.state).toBe('QUEUED');
  return String(json?.operationId);
};
const names = async (pattern: string): Promise<readonly string[]> => {
  const found = await world.engine.call<{ indices: { name: string }[] }>(
    'GET',
    `_resolve/index/${pattern}?expand_wildcards=all`,
  );
  return found.indices.map(({ name }) => name).sort();
};
const remove = async (pattern: string) => {
  for (const name of await names(pattern)) await world.engine.call('DELETE', name);
};

beforeAll(async () => {
  await create(world.api, 'one');
  await world.api.untilState('one', 'COMPLETED');
});

describe('a rehearsal', () => {
  it('proves the backup, leaves nothing behind, and is told with it', async () => {
    expect(await read(world.api, '/backups/one')).toMatchObject({
      ...{ lastFullProof: null, lastPartialProof: null, failedRehearsal: null },
      parts: [{ hasManifest: true }, { hasManifest: true }],
    });

    const id = accepted(await post('/backups/one/rehearse', { reason: 'monthly' }));

    expect(await ended(id)).toMatchObject({
      ...{ kind: 'rehearse', state: 'SUCCEEDED', step: 'done', backupId: 'one', reason: 'monthly', failure: null },
      ...{ progress: null, indices: 6, report: { indices: 6, documents: 6, differing: 0 } },
    });
    expect(await read(world.api, '/backups/one')).toMatchObject({
      lastFullProof: {
        ...{ operationId: id, complete: true, indices: 6, totalIndices: 6, documents: 6, at: expect.any(String) },
        compared: { documents: { indices: 6, unmeasured: 0, different: 0 }, mapping: { indices: 6 } },
        unmeasured: [],
      },
      failedRehearsal: null,
    });
    expect(await names(`tandem-rehearsal-*${world.prefix}*`)).toEqual([]);
    expect(await names(`${world.prefix}-*`)).toEqual(indices());
    expect(await world.untilEvent('one', 'rehearsal.requested')).toMatchObject({ reason: 'monthly' });
  });

  it('of a sample takes the biggest, and one of each part', async () => {
    const id = accepted(await post('/backups/one/rehearse', { indices: 1 }));
    expect(await ended(id)).toMatchObject({ state: 'SUCCEEDED', indices: 2 });
    expect(await read(world.api, '/backups/one')).toMatchObject({
      lastFullProof: { complete: true, indices: 6 },
      lastPartialProof: { operationId: id, complete: false, indices: 2, totalIndices: 6 },
    });
  });

  it('of names takes those, also of one part alone', async () => {
    const id = accepted(await post('/backups/one/rehearse', { indices: [otherIndices(world.prefix)[0]] }));
    expect(await ended(id)).toMatchObject({ state: 'SUCCEEDED', indices: 1, progress: null });
  });
});

describe('a restore', () => {
  it('beside the real indices brings all back under other names', async () => {
    const wish = { backupId: 'one', target: { renamePattern: '(.+)', renameReplacement: 'beside-$1' } };
    const answer = await restore(wish);
    expect(answer.json).toMatchObject({ safetyBackupId: null, warnings: [] });
    expect(await ended(accepted(answer))).toMatchObject({
      ...{ kind: 'restore', state: 'SUCCEEDED', target: wish.target, reason: 'drill', deletes: 0, attemptCount: 3 },
    });
    expect(await names(`beside-${world.prefix}-*`)).toEqual(indices().map((name) => `beside-${name}`));
    const event = await world.untilEvent('one', 'restore.requested');
    expect(event).toMatchObject({ reason: 'drill', after: { planHash: expect.any(String), deletes: 0, indices: 6 } });
    await remove(`beside-${world.prefix}-*`);
  });

  it('over what is there saves it first, then deletes and restores it', async () => {
    await world.engine.putDocuments(String(indices()[0]), [{ late: true }]);
    const wish = { backupId: 'one', deleteExisting: true };
    const answer = await restore(wish, { confirm: 'one' });
    const safetyBackupId = String(answer.json?.safetyBackupId);
    const id = accepted(answer);
    expect(safetyBackupId).toBe(`before-restore-${id}`);

    expect(await ended(id)).toMatchObject({
      state: 'SUCCEEDED',
      target: null,
      deletes: 6,
      safetyBackupId,
      failure: null,
    });

    expect(await world.engine.count(String(indices()[0]))).toBe(1);
    expect(await read(world.api, `/backups/${safetyBackupId}`)).toMatchObject({
      ...{ state: 'COMPLETED', safetyOf: id, versionAssumed: false, hold: { until: expect.any(String) } },
    });
    const requested = await world.untilEvent(safetyBackupId, 'backup.requested');
    expect(requested).toMatchObject({ reason: expect.stringContaining(id), after: { safetyOf: id } });
    // the way back
    const gone = await names(`${world.prefix}-*`);
    const undo = { ...wish, backupId: safetyBackupId, acceptUnsaved: gone };
    const back = await restore(undo, { confirm: safetyBackupId, safetyBackup: false });
    expect(back.json).toMatchObject({
      safetyBackupId: null,
      warnings: expect.arrayContaining([{ code: 'NO_WAY_BACK', message: expect.any(String) }]),
    });
    expect(await ended(accepted(back))).toMatchObject({ state: 'SUCCEEDED' });
    expect(await world.engine.count(String(indices()[0]))).toBe(2);
  });

  it('takes its safety backup in the repository of the backup where none is configured', async () => {
    const other = await world.startApi({ CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: undefined });
    const wish = { backupId: 'one', deleteExisting: true };
    const plan = await send(other, 'POST', '/restores/plan', wish);
    const body = { ...wish, planHash: plan.json?.planHash, reason: 'drill', confirm: 'one' };
    const answer = await send(other, 'POST', '/restores', body);
    const id = accepted(answer);
    expect(await ended(id)).toMatchObject({ state: 'SUCCEEDED', safetyBackupId: `before-restore-${id}` });
    await other.kill();
  });

  it('is asked for once, however often the same request comes with its key', async () => {
    const wish = { backupId: 'one', target: { renamePattern: '(.+)', renameReplacement: 'keyed-$1' } };
    const plan = await post('/restores/plan', wish);
    const body = { ...wish, planHash: plan.json?.planHash, reason: 'drill' };
    const key = { 'Idempotency-Key': 'restore-1' };
    const first = await post('/restores', body, key);
    const id = accepted(first);
    const again = await post('/restores', body, key);
    expect([again.status, again.json]).toEqual([202, first.json]);
    expectProblem(await post('/restores', { ...body, reason: 'other' }, key), 422, 'IDEMPOTENCY_KEY_REUSED');
    expect(await ended(id)).toMatchObject({ state: 'SUCCEEDED' });
    await remove(`keyed-${world.prefix}-*`);
  });
});

describe('many who ask at once', () => {
  it('for the same restore get one, and the others are told which', async () => {
    const wish = { backupId: 'one', target: { renamePattern: '(.+)', renameReplacement: 'many-$1' } };
    const plan = await post('/restores/plan', wish);
    const body = { ...wish, planHash: plan.json?.planHash, reason: 'drill' };

    const answers = await Promise.all(Array.from({ length: 8 }, () => post('/restores', body)));

    const ids = answers.filter(({ status }) => status === 202).map(accepted);
    expect(ids).toHaveLength(1);
    const [id = ''] = ids;
    for (const { status, json, text } of answers) {
      if (status === 202) continue;
      expect(['BACKUP_BUSY', 'PLAN_CHANGED'], text).toContain(json?.code);
      expect(text).toContain(id);
    }
    expect(await ended(id)).toMatchObject({ state: 'SUCCEEDED' });
    await remove(`many-${world.prefix}-*`);
  });
});

describe('while no worker works', () => {
  const target = { target: { renamePattern: '(.+)', renameReplacement: 'held-$1' } };
  beforeAll(async () => {
    world.worker.signal('SIGTERM');
    await world.worker.exited;
  });

  it('another restore or rehearsal is refused and told of the one that is open; each can be stopped once', async () => {
    await create(world.api, 'two');
    const backupTwo = await read<Page>(world.api, '/operations?backupId=two');
    const cancelled = await post(`/operations/${backupTwo.items[0]?.operationId}/cancel`, { reason: 'r' });
    expect(cancelled.status).toBe(202);
    const wish = { backupId: 'one', ...target };
    const id = accepted(await restore(wish));
    expect(await read(world.api, `/restores/${id}`)).toMatchObject({
      ...{ state: 'QUEUED', step: 'preflight', endedAt: null },
      progress: { partsDone: 0, parts: 2, shards: 0, bytesPerSecond: null, indices: [], moreIndices: 0 },
    });
    const plan = await post('/restores/plan', wish);
    expect(plan.json?.blockers).toMatchObject([{ code: 'RESTORE_RUNNING', found: [expect.stringContaining(id)] }]);
    const changed = await post('/restores', { ...wish, planHash: plan.json?.planHash, reason: 'r' });
    expectProblem(changed, 409, 'RESTORE_BLOCKED');
    expectProblem(await post('/backups/one/rehearse', {}), 409, 'RESTORE_BLOCKED');

    const stopped = await post(`/restores/${id}/cancel`, { reason: 'not now' });
    expect([stopped.status, stopped.json?.stopReason]).toEqual([202, 'not now']);
    Object.assign(world, { worker: await world.startWorker() });
    expect(await ended(id)).toMatchObject({ state: 'CANCELLED', stopReason: 'not now', step: 'preflight' });
    expectProblem(await post(`/restores/${id}/cancel`, { reason: 'again' }), 409, 'OPERATION_ENDED');
    expect(await names(`held-${world.prefix}-*`)).toEqual([]);
  });

  it('a rehearsal is stopped over the operations too', async () => {
    world.worker.signal('SIGTERM');
    await world.worker.exited;
    const id = accepted(await post('/backups/one/rehearse', {}));
    const again = expectProblem(await post('/backups/one/rehearse', {}), 409, 'RESTORE_BLOCKED');
    expect(again).toContain('BACKUP_BUSY');
    const beside = await post('/restores/plan', { backupId: 'one', ...target });
    expect(beside.json?.blockers).toMatchObject([{ code: 'BACKUP_BUSY', found: [`one (rehearse, operation ${id})`] }]);
    const stopped = await post(`/operations/${id}/cancel`, { reason: 'not now' });
    expect([stopped.status, stopped.json?.kind]).toEqual([202, 'rehearse']);
    Object.assign(world, { worker: await world.startWorker() });
    expect(await ended(id)).toMatchObject({ state: 'CANCELLED', kind: 'rehearse' });
    expectProblem(await post(`/operations/${id}/cancel`, { reason: 'again' }), 409, 'OPERATION_ENDED');
  });
});

describe('lists', () => {
  it('go page by page over what fits, newest first', async () => {
    const all = await read<Page>(world.api, '/restores?limit=1000');
    const ids = all.items.map(({ operationId }) => operationId);
    const paged: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: Page = await read<Page>(world.api, `/restores?limit=2${more}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      paged.push(...page.items.map(({ operationId }) => operationId));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(ids);
    const times = all.items.map(({ requestedAt }) => String(requestedAt));
    expect(times).toEqual(times.toSorted().toReversed());
    const fitting = async (query: string) =>
      (await read<Page>(world.api, `/restores?limit=1000&${query}`)).items.map(({ operationId }) => operationId);
    const expected = (fits: (item: Json) => boolean) => all.items.filter(fits).map(({ operationId }) => operationId);
    expect(await fitting('state=SUCCEEDED')).toEqual(expected(({ state }) => state === 'SUCCEEDED'));
    expect(await fitting('state=SUCCEEDED,CANCELLED')).toEqual(
      expected(({ state }) => state === 'SUCCEEDED' || state === 'CANCELLED'),
    );
    expect(await fitting('kind=rehearse')).toEqual(expected(({ kind }) => kind === 'rehearse'));
    expect(await fitting('backupId=one&kind=restore')).toEqual(
      expected(({ backupId, kind }) => backupId === 'one' && kind === 'restore'),
    );
    expect(ids.length).toBeGreaterThan(7);
  });
});

describe('the runbook', () => {
  const run = async (script: string) => {
    const env = { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ENGINE_URL: world.engineUrl };
    try {
      const { stdout } = await promisify(execFile)('sh', ['-c', script], { env, timeout: 60_000 });
      return { status: 0, words: stdout };
    } catch (error) {
      const { code, stderr, stdout } = error as { code: number; stderr: string; stdout: string };
      return { status: code, words: `${stdout}\n${stderr}` };
    }
  };
  const script = async () => {
    const answer = await send(world.api, 'GET', '/backups/one/runbook');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/markdown; charset=utf-8']);
    return [...answer.text.matchAll(/```sh\n(.*?)```/gs)].map(([, lines]) => lines).join('\n');
  };

  it('restores the backup with a shell and curl alone', async () => {
    const lines = await script();
    await remove(`${world.prefix}-*`);
    const { status, words } = await run(lines);
    expect(status, words).toBe(0);
    expect(await names(`${world.prefix}-*`)).toEqual(indices());
    for (const index of indices()) expect(await world.engine.count(index)).toBe(1);
  });

  it('stops where an index is in the way, a document is missing, or a snapshot is another', async () => {
    const lines = await script();
    expect(await run(lines)).toMatchObject({
      status: 1,
      words: expect.stringMatching(/STOP: \S+ is there: back it up/),
    });
    await remove(`${world.prefix}-*`);
    await world.engine.createIndex(`${world.prefix}-staging-metadata_v3`);
    expect(await run(lines)).toMatchObject({
      status: 1,
      words: expect.stringContaining(`STOP: these are there: ${world.prefix}-staging-metadata_v3`),
    });
    await remove(`${world.prefix}-*`);
    const [index] = importIndices(world.prefix);
    const more = await run(lines.replace(`${index} 1 1`, `${index} 2 2`));
    expect(more).toMatchObject({ status: 1, words: expect.stringContaining(`STOP: ${index} holds 1 documents`) });
    const other = await run(lines.replaceAll(/"uuid":"[^"]+"/g, '"uuid":"another"'));
    expect(other).toMatchObject({ status: 1, words: expect.stringContaining('has not "uuid":"another"') });
  });
});
