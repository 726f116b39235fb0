import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Ask,
  type Checked,
  type Documented,
  documentedApi,
  type Operation,
  type Parameter,
} from './harness/documents/documented.ts';
import { removeIndices } from './harness/requests/restores.ts';
import { create, untilOperation } from './harness/requests/v1.ts';
import { useWorld } from './harness/world.ts';

// open: the keys that it creates do not lock it out
const world = useWorld({ environment: { AUTH_MODE: 'open', LEASE_DURATION: '1s' } });
let documented: Documented;

const expectAnswer = async (id: string, status: number, asked: Ask = {}): Promise<Checked> => {
  const answer = await documented.ask(id, asked);
  expect(answer.status, `${id} ${answer.text}`).toBe(status);
  return answer;
};
const reason = { reason: 'as documented' };
const one = { backupId: 'one' };

beforeAll(async () => {
  documented = await documentedApi(world.api);
  await create(world.api, 'one');
  await world.api.untilState('one', 'COMPLETED');
});

/** Nobody works on what is asked for meanwhile. */
const withoutWorker = async <T>(task: () => Promise<T>): Promise<T> => {
  await world.stopWorker();
  const answer = await task();
  Object.assign(world, { worker: await world.startWorker() });
  return answer;
};

const failedOperation = async (id: string): Promise<string> => {
  const operationId = await create(world.api, id);
  await world.sql(
    `update operation set state = 'FAILED', ended_at = now(), worker = null, lease_until = null where id = $1`,
    operationId,
  );
  return operationId;
};

const restore = async (): Promise<string> => {
  const target = { renamePattern: '(.+)', renameReplacement: `${world.prefix}-restored-$1` };
  const { json: plan } = await expectAnswer('planRestore', 200, { body: { ...one, target } });
  const body = { ...one, target, planHash: plan.planHash, ...reason };
  const headers = { 'idempotency-key': randomUUID() };
  const { json } = await expectAnswer('requestRestore', 202, { body, headers });
  expect((await expectAnswer('requestRestore', 202, { body, headers })).json).toEqual(json);
  return String(json.operationId);
};

/** How each operation is brought to succeed, with every status and media type that the document has for that. */
const successes: Readonly<Record<string, () => Promise<unknown>>> = {
  triggerBackup: async () => {
    await expectAnswer('triggerBackup', 200, { body: { backupId: 'triggered' } });
    await world.api.untilState('triggered', 'COMPLETED');
  },
  readBackupState: () => expectAnswer('readBackupState', 200, { path: one }),
  triggerNumberedBackup: async () => {
    await expectAnswer('triggerNumberedBackup', 202, { body: { backupId: 123 } });
    await expectAnswer('triggerNumberedBackup', 409, { body: { backupId: 123 } });
    await world.api.untilState('123', 'COMPLETED');
  },
  readNumberedBackup: () => expectAnswer('readNumberedBackup', 200, { path: { backupId: '123' } }),
  listNumberedBackups: () => expectAnswer('listNumberedBackups', 200),
  deleteNumberedBackup: () => expectAnswer('deleteNumberedBackup', 204, { path: { backupId: '123' } }),
  requestBackup: async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const { json, headers: told } = await expectAnswer('requestBackup', 202, { body: reason, headers });
    expect(told.get('location')).toBe(`/api/v1/backups/${json.backupId}`);
    await expectAnswer('readBackup', 200, { path: { backupId: String(json.backupId) }, query: 'wait=10ms' });
    await world.api.untilState(String(json.backupId), 'COMPLETED');
  },
  readBackup: () => expectAnswer('readBackup', 200, { path: one }),
  annotateBackup: async () => {
    const hold = { reason: 'audit', until: '2100-01-01T00:00:00Z' };
    await expectAnswer('annotateBackup', 200, {
      path: one,
      body: { labels: { env: 'test' }, note: 'x', hold, ...reason },
    });
    await expectAnswer('readBackup', 200, { path: one });
    await expectAnswer('deleteBackup', 409, { path: one, body: { ...reason, confirm: one.backupId } });
    await expectAnswer('annotateBackup', 200, { path: one, body: { hold: null, ...reason } });
  },
  listBackupEvents: async () => {
    await expectAnswer('listBackupEvents', 200, { path: one, query: 'limit=2' });
    await expectAnswer('listBackupEvents', 200, { path: one, query: 'stream', until: 'backup.completed' });
  },
  deleteBackup: async () => {
    await expectAnswer('deleteBackup', 202, {
      path: { backupId: 'triggered' },
      body: { ...reason, confirm: 'triggered' },
    });
    await world.untilEvent('triggered', 'backup.deleted');
    await expectAnswer('deleteBackup', 409, { path: { backupId: 'triggered' }, body: reason });
    await expectAnswer('readBackup', 200, { path: { backupId: 'triggered' } });
  },
  searchBackups: async () => {
    await expectAnswer('searchBackups', 200, { query: 'total=true&limit=1&state=COMPLETED,FAILED' });
    await expectAnswer('searchBackups', 200, { query: 'optimizeVersion=3.9.0' });
    await expectAnswer('searchBackups', 400, { query: 'sort=-version' });
  },
  searchEvents: () =>
    expectAnswer('searchEvents', 200, { query: 'kind=backup.requested,backup.completed&backupId=one' }),
  summarizeHistory: async () => {
    await expectAnswer('summarizeHistory', 200, { query: 'by=week' });
    await expectAnswer('summarizeHistory', 400, { query: 'by=day&from=2001-01-01T00:00:00Z' });
  },
  readCalendar: async () => {
    await expectAnswer('readCalendar', 200, { query: 'timeZone=Europe/Berlin&from=2026-01-01&to=2026-01-31' });
    await expectAnswer('readCalendar', 400, { query: 'timeZone=Mars/Olympus' });
  },
  findSnapshot: () =>
    expectAnswer('findSnapshot', 200, { query: 'snapshotName=camunda_optimize_one_3.9.0_part_1_of_2' }),
  exportEvents: async () => {
    for (const format of ['ndjson', 'csv'])
      await expectAnswer('exportEvents', 200, { query: `format=${format}&backupId=one` });
  },
  exportBackups: async () => {
    for (const format of ['ndjson', 'csv'])
      await expectAnswer('exportBackups', 200, { query: `format=${format}&backupId=one` });
  },
  readStatus: () => expectAnswer('readStatus', 200),
  readCaller: () => expectAnswer('readCaller', 200),
  readHistoryStatus: () => expectAnswer('readHistoryStatus', 200),
  acknowledgeRollback: async () => {
    await expectAnswer('acknowledgeRollback', 409, { body: reason });
    // as a worker records it
    const mark = { source: 'redis', eventId: '7', is: 'missing', at: '2026-11-22T01:09:00.000000Z' };
    await world.sql('update history set rolled_back_at = now(), rollback = $1', {
      ...{ mark, lossMs: 1_500, scope: 'deletions' },
    });
    expect((await expectAnswer('readHistoryStatus', 200)).json).toMatchObject({ rollback: { lossMs: 1_500, mark } });
    await expectAnswer('readReadiness', 200);
    await expectAnswer('readHealth', 200);
    const { json } = await expectAnswer('acknowledgeRollback', 200, { body: reason });
    expect(json).toMatchObject({ rollback: null });
  },
  listRepositories: () => expectAnswer('listRepositories', 200),
  verifyRepository: () => expectAnswer('verifyRepository', 200, { path: { name: world.repository }, body: reason }),
  putRepository: async () => {
    const { json } = await expectAnswer('listRepositories', 200);
    const items = json.items as { repository: string; type: string; settings: Record<string, string> }[];
    const own = items.find(({ repository }) => repository === world.repository);
    const body = { type: own?.type, settings: own?.settings, ...reason };
    await expectAnswer('putRepository', 200, { path: { name: world.repository }, body });
    const elsewhere = { ...body, settings: { location: `${own?.settings.location}-elsewhere` } };
    await expectAnswer('putRepository', 409, { path: { name: world.repository }, body: elsewhere });
    await expectAnswer('putRepository', 200, { path: { name: `${world.repository}-elsewhere` }, body: elsewhere });
  },
  acceptRepository: async () => {
    const path = { name: world.repository };
    await expectAnswer('acceptRepository', 404, { path, body: reason });
    // as a comparison records it
    await world.sql(
      `insert into changed_repository (lane, location, missing, settings)
         select cluster_uuid || '/' || repository, jsonb_build_object('clusterUuid', cluster_uuid, 'repository', repository,
           'repositoryUuid', repository_uuid, 'settingsDigest', settings_digest), 2, 'same'
         from backup where backup_id = 'one'`,
    );
    await expectAnswer('requestBackup', 409, { body: { backupId: 'elsewhere' } });
    const { json } = await expectAnswer('acceptRepository', 200, { path, body: reason });
    await expectAnswer('readReconciliation', 200, {
      path: { reconciliationId: String(json.reconciliationId) },
      query: 'wait=20s',
    });
  },
  listSeals: () => expectAnswer('listSeals', 200, { query: 'limit=1' }),
  proveBackup: () => expectAnswer('proveBackup', 200, { path: one }),
  listOperations: () => expectAnswer('listOperations', 200, { query: 'kind=create,delete&limit=3' }),
  readOperation: async () => {
    const { json } = await expectAnswer('listOperations', 200, { query: 'limit=1' });
    const [{ operationId = '' } = {}] = json.items as { operationId: string }[];
    await expectAnswer('readOperation', 200, { path: { operationId } });
    await expectAnswer('retryOperation', 409, { path: { operationId }, body: reason });
    await expectAnswer('cancelOperation', 409, { path: { operationId }, body: reason });
  },
  retryOperations: async () => {
    const filter = { kind: ['create'] };
    await withoutWorker(() => failedOperation('failed'));
    const { json } = await expectAnswer('retryOperations', 200, { body: { filter, ...reason } });
    await expectAnswer('retryOperations', 200, { body: { filter, ...reason, token: json.token } });
    await world.api.untilState('failed', 'COMPLETED');
  },
  retryOperation: async () => {
    const operationId = await withoutWorker(() => failedOperation('failed-too'));
    await expectAnswer('retryOperation', 202, { path: { operationId }, body: reason });
    await world.api.untilState('failed-too', 'COMPLETED');
  },
  cancelOperation: () =>
    withoutWorker(async () => {
      const operationId = await create(world.api, 'cancelled');
      await expectAnswer('cancelOperation', 202, { path: { operationId }, body: { ...reason, deleteSnapshots: true } });
    }),
  releaseOperations: async () => {
    const body = { filter: {}, reason: 'documented' };
    const preview = await expectAnswer('releaseOperations', 200, { body });
    await expectAnswer('releaseOperations', 200, { body: { ...body, token: preview.json.token } });
    await expectAnswer('releaseOperations', 400, { body: { ...body, token: 'x.y' } });
  },
  releaseOperation: async () => {
    const operationId = await withoutWorker(async () => {
      const created = await create(world.api, 'released');
      const code = 'HISTORY_ROLLED_BACK';
      await world.sql(
        `update operation set state = 'SUSPENDED', revision = revision + 1, suspended_at = now(), suspension = $2, create_slot = null,
           worker = null, lease_until = null where id = $1`,
        created,
        { code, message: 'As documented.', data: {} },
      );
      return created;
    });
    await expectAnswer('releaseOperation', 202, { path: { operationId }, body: reason });
    await world.api.untilState('released', 'COMPLETED');
    await expectAnswer('releaseOperation', 409, { path: { operationId }, body: reason });
  },
  planRestore: () => expectAnswer('planRestore', 200, { body: one }),
  readPlan: async () => {
    const { json } = await expectAnswer('planRestore', 200, { body: one });
    const path = { planHash: String(json.planHash) };
    await expectAnswer('readPlan', 200, { path });
    await expectAnswer('readPlan', 200, { path, query: 'list=restore&limit=1' });
  },
  requestRestore: async () => {
    await untilOperation(world, await restore(), 'SUCCEEDED');
    // the aliases came along
    await removeIndices(world.engine, `${world.prefix}-restored-*`);
    await expectAnswer('requestRestore', 409, { body: { ...one, planHash: '0'.repeat(64), ...reason } });
  },
  listRestores: () => expectAnswer('listRestores', 200, { query: 'state=SUCCEEDED,FAILED' }),
  readRestore: async () => {
    const { json } = await expectAnswer('listRestores', 200, { query: 'limit=1' });
    const [{ operationId = '' } = {}] = json.items as { operationId: string }[];
    await expectAnswer('readRestore', 200, { path: { operationId } });
    await expectAnswer('cancelRestore', 409, { path: { operationId }, body: reason });
  },
  rehearseBackup: async () => {
    const { json } = await expectAnswer('rehearseBackup', 202, { path: one, body: { indices: 1, ...reason } });
    await untilOperation(world, String(json.operationId), 'SUCCEEDED');
    await expectAnswer('readBackup', 200, { path: one });
  },
  cancelRestore: () =>
    withoutWorker(async () => {
      const { json } = await expectAnswer('rehearseBackup', 202, { path: one, body: {} });
      await expectAnswer('rehearseBackup', 409, { path: one, body: {} });
      await expectAnswer('cancelRestore', 202, { path: { operationId: String(json.operationId) }, body: reason });
    }),
  requestReconciliation: async () => {
    await expectAnswer('requestReconciliation', 202, { body: {} });
    await expectAnswer('requestReconciliation', 200, { body: { ...reason, wait: '30s' } });
  },
  readLatestReconciliation: () => expectAnswer('readLatestReconciliation', 200, { query: 'wait=30s' }),
  readReconciliation: async () => {
    const { json } = await expectAnswer('readLatestReconciliation', 200);
    await expectAnswer('readReconciliation', 200, { path: { reconciliationId: String(json.reconciliationId) } });
  },
  listApiKeys: () => expectAnswer('listApiKeys', 200, { query: 'ended=true' }),
  createApiKey: async () => {
    const body = { name: 'documented', role: 'operator', expiresIn: '90d', ...reason };
    await expectAnswer('createApiKey', 201, { body });
    await expectAnswer('createApiKey', 409, { body });
    await expectAnswer('createApiKey', 400, { body: { ...body, name: 'No Name' } });
  },
  rotateApiKey: async () => {
    const { json } = await expectAnswer('createApiKey', 201, { body: { name: 'rotated', role: 'viewer' } });
    const path = { keyId: String(json.keyId) };
    await expectAnswer('rotateApiKey', 201, { path, body: { overlap: '1h' } });
    await expectAnswer('rotateApiKey', 409, { path, body: {} });
    await expectAnswer('rotateApiKey', 404, { path: { keyId: 'tdm_00000000' }, body: {} });
  },
  revokeApiKey: async () => {
    const { json } = await expectAnswer('createApiKey', 201, { body: { name: 'revoked', role: 'admin' } });
    const path = { keyId: String(json.keyId) };
    await expectAnswer('revokeApiKey', 409, { path, body: reason });
    await expectAnswer('createApiKey', 201, { body: { name: 'another', role: 'admin' } });
    await expectAnswer('revokeApiKey', 200, { path, body: reason });
    await expectAnswer('revokeApiKey', 404, { path: { keyId: 'tdm_00000000' }, body: reason });
  },
  requestDoctor: async () => {
    await expectAnswer('requestDoctor', 202, { body: {} });
    await expectAnswer('requestDoctor', 200, { body: { wait: '1m' } });
  },
  readLatestDoctorRun: () => expectAnswer('readLatestDoctorRun', 200),
  readDoctorRun: async () => {
    const { json } = await expectAnswer('readLatestDoctorRun', 200);
    await expectAnswer('readDoctorRun', 200, { path: { runId: String(json.runId) } });
  },
  readBackupCompatibility: () => expectAnswer('readBackupCompatibility', 200, { path: one }),
  checkUpgrade: async () => {
    await expectAnswer('checkUpgrade', 200, { query: 'engine=elasticsearch&version=9' });
    await expectAnswer('checkUpgrade', 400, { query: 'engine=elasticsearch&version=6' });
  },
  readRunbook: () => expectAnswer('readRunbook', 200, { path: one }),
  readHealth: () => expectAnswer('readHealth', 200),
  readLiveness: () => expectAnswer('readLiveness', 200),
  readReadiness: async () => {
    await expectAnswer('readReadiness', 200);
    const api = await world.startApi({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none' });
    expect((await documented.ask('readReadiness', {}, api)).status).toBe(503);
    expect((await documented.ask('readHealth', {}, api)).status).toBe(503);
    expect((await documented.ask('searchBackups', {}, api)).status).toBe(503);
    expect((await documented.ask('readBackupState', { path: one }, api)).status).toBe(500);
    await api.kill();
  },
  createSession: async () => {
    const body = { name: 'desk', role: 'viewer', ...reason };
    const { json } = await expectAnswer('createApiKey', 201, { body });
    await expectAnswer('createSession', 200, { body: { apiKey: json.key } });
  },
  endSession: () => expectAnswer('endSession', 200, { body: {} }),
  readMetrics: () => expectAnswer('readMetrics', 200),
  readOpenApi: () => expectAnswer('readOpenApi', 200),
  readDocs: async () => {
    const { headers, text } = await expectAnswer('readDocs', 200);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(text).not.toMatch(/https?:|\/\/|<script>| on[a-z]+=|style=/);
  },
  readDocsFile: async () => {
    const { text: page } = await expectAnswer('readDocs', 200);
    const files = [...page.matchAll(/(?:href|src)="docs\/(.+?)"/g)].map(([, file = '']) => file);
    expect(files).toHaveLength(4);
    for (const file of files) await expectAnswer('readDocsFile', 200, { path: { file } });
  },
};

describe('what succeeds is as documented', () => {
  it.each(Object.entries(successes))('%s', async (operationId, succeed) => {
    await succeed();
    expect([...documented.answered]).toContainEqual(expect.stringMatching(new RegExp(`^${operationId} 2`)));
  });

  it('for every operation, status and media type of the document', () => {
    const wanted = documented.operations.flatMap(({ operationId, responses }) =>
      Object.entries(responses)
        .filter(([status]) => status.startsWith('2'))
        .flatMap(([status, { content = {} }]) =>
          Object.keys(content).map((type) => `${operationId} ${status} ${type}`),
        ),
    );
    // one that is missing is to be added to `successes`
    expect(wanted.filter((answer) => !documented.answered.has(answer))).toEqual([]);
    expect(Object.keys(successes).sort()).toEqual(documented.operations.map(({ operationId }) => operationId).sort());
  });
});

describe('what is refused is as documented', () => {
  const tooLong = JSON.stringify({ reason: 'x'.repeat(1_100_000) });

  const pathOf = ({ parameters }: Operation, valueFor: (schema: Parameter['schema']) => string) =>
    Object.fromEntries(
      parameters.filter((one) => one.in === 'path').map(({ name, schema }) => [name, valueFor(schema)]),
    );
  const absent = (asked: string) => (operation: Operation) =>
    pathOf(operation, ({ format, pattern, type }) => {
      if (format === 'uuid') return randomUUID();
      if (pattern?.startsWith('^tdm_')) return 'tdm_00000000';
      if (pattern?.includes('{64}')) return '0'.repeat(64);
      return type === 'integer' ? '4711' : asked;
    });
  const nobody = absent('nobody');
  const strange = (operation: Operation) => pathOf(operation, () => 'Not An Id');
  /** Any text may be asked for where the document has no rule. */
  const hasRule = ({ parameters }: Operation) =>
    parameters.some(
      (one) =>
        one.in === 'path' && (one.schema.type === 'integer' || (one.schema.format ?? one.schema.pattern) !== undefined),
    );

  it('for every operation: an id that is none, an unknown field, another content type, too long a body', async () => {
    for (const operation of documented.operations) {
      const { operationId: id, parameters, requestBody } = operation;
      const path = nobody(operation);
      const body = requestBody === undefined ? {} : { body: {} };
      if (hasRule(operation)) await expectAnswer(id, 400, { path: strange(operation), ...body });
      if (parameters.some((one) => one.in === 'query')) await expectAnswer(id, 400, { path, query: 'unknown=1' });
      if (requestBody === undefined) continue;
      await expectAnswer(id, 400, { path, body: { unknown: 1 } });
      await expectAnswer(id, 415, { path, body: 'x', headers: { 'content-type': 'text/plain' } });
      await expectAnswer(id, 413, { path, body: tooLong });
    }
  });

  /** Bodies that are taken, so that the id is what is refused. */
  const bodies: Readonly<Record<string, unknown>> = {
    retryOperation: reason,
    cancelOperation: reason,
    cancelRestore: reason,
    annotateBackup: { note: 'x' },
    rehearseBackup: {},
    deleteBackup: reason,
    releaseOperation: reason,
    acceptRepository: reason,
    verifyRepository: reason,
    rotateApiKey: {},
    revokeApiKey: reason,
  };

  it('for every operation of one thing: there is none of that id', async () => {
    for (const operation of documented.operations.filter(({ path }) => path.includes('{'))) {
      const { operationId: id, requestBody } = operation;
      // 204, as in Optimize; and what registers it
      if (['deleteNumberedBackup', 'putRepository'].includes(id)) continue;
      const body = requestBody === undefined ? {} : { body: bodies[id] };
      const { json } = await expectAnswer(id, 404, { path: absent('never-asked-for')(operation), ...body });
      if (id !== 'readDocsFile') expect(json.code, id).not.toBe('ROUTE_NOT_FOUND');
    }
  });
});
