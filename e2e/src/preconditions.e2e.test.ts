import { afterEach, expect, it } from 'vitest';
import type { Environment } from './harness/app-process.ts';
import type { Api } from './harness/requests/api.ts';
import { expectRefusal } from './harness/requests/expect-refusal.ts';
import { expectProblem, send } from './harness/requests/v1.ts';
import { putSmallOptimize } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });
const running: Api[] = [];
const apiWith = async (changes: Environment): Promise<Api> => {
  const api = await world.startApi(changes);
  running.push(api);
  return api;
};
/** Nothing listens there: the port is one of those that need a privilege. */
const DEAD = 'http://127.0.0.1:9';

afterEach(async () => {
  await Promise.all(running.splice(0).map((api) => api.kill()));
});

const expectNothingWritten = async () => {
  expect(await world.sql('select key from backup')).toEqual([]);
  expect(await world.sql('select id from operation')).toEqual([]);
  expect(await world.snapshots()).toEqual([]);
};

it('refuses with 400 when no repository is configured, and says which setting is missing', async () => {
  const api = await apiWith({ CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: undefined });

  const message = expectRefusal(await api.post('b1'), 400, 'serverError');

  expect(message).toContain('CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME');
  expect(message).toContain('backup.repositoryName');
  expect((await world.untilEvent('b1', 'backup.refused')).reason).toContain('REPOSITORY_NOT_CONFIGURED');
  expectRefusal(await api.get('b1'), 404, 'notFoundError');
  await expectNothingWritten();
});

it('refuses a read-only repository, shows it in readiness, and records nothing', async () => {
  const repository = await world.newRepository('archive', { readonly: true });
  const api = await apiWith({ CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: repository });

  const message = expectRefusal(await api.post('b2'), 500, 'serverError');
  const answer = await send(api, 'POST', '/backups', { backupId: 'b2' });

  expect(message).toContain(`Repository "${repository}" is read-only: its setting readonly is true.`);
  expect(expectProblem(answer, 409, 'REPOSITORY_READ_ONLY')).toBe(message);
  expect((await world.untilEvent('b2', 'backup.refused')).reason).toContain('REPOSITORY_READ_ONLY');
  const { json } = await api.call('/actuator/health/readiness');
  expect(json?.components).toMatchObject({
    repository: { status: 'WARN', reason: expect.stringContaining('is read-only') },
  });
  await expectNothingWritten();
});

it('fails with 500 when the engine does not know the repository, and names it', async () => {
  const api = await apiWith({ CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: 'no-such-repository' });

  const message = expectRefusal(await api.post('b2'), 500, 'serverError');

  expect(message).toContain('no-such-repository');
  expectRefusal(await api.get('b2'), 500, 'serverError');
  await expectNothingWritten();
});

it('fails with 500 while the engine is down, and says where it was looked for', async () => {
  const api = await apiWith({ ELASTICSEARCH_URL: DEAD });
  const began = performance.now();

  const message = expectRefusal(await api.post('b3'), 500, 'serverError');

  expect(performance.now() - began).toBeLessThan(5_000);
  expect(message).toContain('127.0.0.1:9');
  expectRefusal(await api.get('b3'), 500, 'serverError');
  await expectNothingWritten();
});

it('takes the version from the metadata of Optimize, and rather from the environment, in lower case', async () => {
  const [fromMetadata, fromEnvironment] = await Promise.all([
    apiWith({}),
    apiWith({ CAMUNDA_OPTIMIZE_VERSION: '3.10.0-Alpha1' }),
  ]);

  const one = await fromMetadata.post('versioned-1');
  const other = await fromEnvironment.post('versioned-2');

  expect(one.json).toEqual({
    scheduledSnapshots: [1, 2].map((part) => `camunda_optimize_versioned-1_3.9.0_part_${part}_of_2`),
  });
  expect(other.json).toEqual({
    scheduledSnapshots: [1, 2].map((part) => `camunda_optimize_versioned-2_3.10.0-alpha1_part_${part}_of_2`),
  });
  await world.sql(
    'do $$ begin set local session_replication_role = replica; truncate backup, part, operation, attempt, event; end $$',
  );
});

it('fails with 500 when nobody tells the version, and says what was looked for', async () => {
  const api = await apiWith({ CAMUNDA_OPTIMIZE_INDEX_PREFIX: `${world.prefix}x` });

  const message = expectRefusal(await api.post('b4'), 500, 'serverError');

  expect(message).toContain('CAMUNDA_OPTIMIZE_VERSION');
  expect(message).toContain(`${world.prefix}x-metadata`);
  await expectNothingWritten();
});

it('fails with 500 when no index of Optimize is there, and says what was looked for', async () => {
  const api = await apiWith({ CAMUNDA_OPTIMIZE_INDEX_PREFIX: `${world.prefix}x`, CAMUNDA_OPTIMIZE_VERSION: '3.9.0' });

  const message = expectRefusal(await api.post('b5'), 500, 'serverError');

  expect(message).toContain(`${world.prefix}x-*`);
  expect(message).toContain('CAMUNDA_OPTIMIZE_INDEX_PREFIX');
  await expectNothingWritten();
});

it.each([
  ['1', ['import-index_v3', 'timestamp-based-import-index_v5', 'position-based-import-index_v3'], 'import-index'],
  ['2', ['dashboard_v6', 'metadata_v7', 'process-instance-invoice_v8'], '-*'],
])('fails with 500 when part %s would be empty, and says what was looked for', async (part, without, lookedFor) => {
  const prefix = `${world.prefix}y${part}`;
  await putSmallOptimize(world.engine, prefix);
  for (const name of without) await world.engine.call('DELETE', `${prefix}-${name}`);
  const api = await apiWith({ CAMUNDA_OPTIMIZE_INDEX_PREFIX: prefix, CAMUNDA_OPTIMIZE_VERSION: '3.9.0' });

  const message = expectRefusal(await api.post(`empty-${part}`), 500, 'serverError');

  expect(message).toContain(`Part ${part} of 2`);
  expect(message).toContain(`${prefix}${lookedFor === '-*' ? '' : '-'}${lookedFor}`);
  await expectNothingWritten();
});

it('answers 404 for an id that nobody has, and says where it looked', async () => {
  const api = await apiWith({});

  const message = expectRefusal(await api.get('nobody_has_this'), 404, 'notFoundError');

  expect(message).toContain('nobody_has_this');
  expect(message).toContain(world.repository);
});
