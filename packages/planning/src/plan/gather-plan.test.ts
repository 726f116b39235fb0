import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { type FailureCode, fail } from '@tandem/shared/domain/failure/failure.ts';
import type { RestoreRequest } from '@tandem/shared/domain/restore/plan/plan-facts.ts';
import { expect, it } from 'vitest';
import { gatherPlan } from './gather-plan.ts';

const inPlace: RestoreRequest = {
  ...{ rename: undefined, deleteExisting: true, acceptVersion: undefined, only: undefined, copy: false },
  ...{ acceptDiskShort: false, deleteUnknown: [], keepUnknown: [] },
};
const INDICES = ['optimize-alert_v4', 'optimize-import-index_v3'];

const setUp = async (configured?: string) => {
  const history = inMemoryHistory({ now: () => new Date(0) });
  const engine = inMemoryEngine();
  for (const name of ['backups', 'safe']) engine.createRepository(name);
  for (const name of INDICES) engine.createIndex(name, 1);
  const parts = INDICES.map((index, at) => ({
    number: at + 1,
    of: 2,
    snapshotName: `part-${at + 1}`,
    indices: [index],
  }));
  for (const { snapshotName, indices } of parts) engine.putSnapshot('backups', { name: snapshotName, indices });
  const actor = { kind: 'anonymous', address: '127.0.0.1' } as const;
  await history.accept({
    ...{ backupId: 'b', optimizeVersion: '3.9.0', profile: 'optimize', indexPrefix: 'optimize', origin: 'requested' },
    location: { clusterUuid: 'in-memory-cluster', repository: 'backups', repositoryUuid: undefined },
    ...{ parts, operationId: '00000000-0000-4000-8000-000000000001', requestId: undefined, actor, events: [] },
  });
  const backup = await history.findBackup('b', undefined);
  if (backup === undefined) throw new Error('no backup');
  const gather = gatherPlan({
    ...{ engine, history, configuredVersion: undefined, repository: configured },
    indexPrefix: 'optimize',
    optimizeAnswersAt: async () => undefined,
  });
  return { engine, gather: (own?: Parameters<typeof gather>[2], request = inPlace) => gather(backup, request, own) };
};

it.each<[string, FailureCode]>([
  ['lost', 'VERSION_UNKNOWN'],
  ['red', 'ENGINE_BUSY'],
  ['red, on an older engine', 'ENGINE_FAILED'],
  ['blocked', 'ENGINE_BLOCKED'],
  ['closed, or one of two of its alias', 'ENGINE_REFUSED'],
  ['without a version in its document', 'ENGINE_ANSWER_INVALID'],
  ['of a version that no snapshot can carry', 'VERSION_INVALID'],
])('plans where the metadata index is %s: the version is not known', async (_, code) => {
  const { engine, gather } = await setUp();
  for (let times = 0; times < 2; times += 1)
    engine.failNext('readOptimizeMetadata', fail(code, 'on purpose', { call: 'readOptimizeMetadata' }));
  expect((await gather()).runningVersion).toBeUndefined();
});

it.each<FailureCode>(['ENGINE_UNREACHABLE', 'ENGINE_FORBIDDEN'])(
  'does not plan where the version cannot be read for %s',
  async (code) => {
    const { engine, gather } = await setUp();
    engine.failNext('readOptimizeMetadata', fail(code, 'on purpose', { call: 'readOptimizeMetadata' }));
    await expect(gather()).rejects.toMatchObject({ code });
  },
);

it.each<FailureCode>(['ENGINE_FORBIDDEN', 'ENGINE_REFUSED'])(
  'plans where reading operations ends in %s: they are not known',
  async (code) => {
    const { engine, gather } = await setUp();
    engine.failNext('readOperations', fail(code, 'no right', { call: 'readOperations' }));
    expect((await gather()).operations).toBeUndefined();
    expect((await gather()).operations?.size).toBe(INDICES.length);
  },
);

it('does not plan where more than operations is forbidden, or operations cannot be read for another reason', async () => {
  const { engine, gather } = await setUp();
  const failing = (call: 'describeIndices' | 'readOperations', code: FailureCode) =>
    engine.failNext(call, fail(code, 'on purpose', { call }));
  failing('readOperations', 'ENGINE_FORBIDDEN');
  failing('describeIndices', 'ENGINE_FORBIDDEN');
  await expect(gather()).rejects.toMatchObject({ code: 'ENGINE_FORBIDDEN' });
  failing('readOperations', 'ENGINE_TIMEOUT');
  await expect(gather()).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' });
});

const own = { operationId: '00000000-0000-4000-8000-000000000002', safetyBackupId: 'before-restore-x' };
const notSaved = { ...inPlace, deleteExisting: false };

it.each([
  ['the repository of the backup, where none is configured', undefined, undefined, inPlace, 'backups'],
  ['the configured repository', 'safe', undefined, inPlace, 'safe'],
  ['the repository of a restore that runs', 'backups', { ...own, saveTo: 'safe' }, inPlace, 'safe'],
  ['no repository, once its safety backup is taken', 'safe', { ...own, saveTo: undefined }, inPlace, undefined],
  ['no repository, where nothing is deleted', 'safe', undefined, notSaved, undefined],
] as const)(
  'verifies that %s is writable if it takes the safety backup',
  async (_, configured, of, request, repository) => {
    const { gather } = await setUp(configured);
    const { saving } = await gather(of, request);
    expect(saving?.repository).toBe(repository);
  },
);

it('distinguishes a repository that is not writable from one that is not usable', async () => {
  const { engine, gather } = await setUp('safe');
  const clear = { repository: { trouble: undefined, unwritable: undefined }, saving: { trouble: undefined } };
  expect(await gather()).toMatchObject(clear);
  engine.stopWrites('backups', 'no space left on device');
  expect(await gather()).toMatchObject({
    ...{ repository: { trouble: undefined, unwritable: expect.stringContaining('no space left') } },
    ...{ saving: { trouble: undefined }, seen: [{ name: 'part-1' }, { name: 'part-2' }] },
  });
  engine.stopWrites('backups');
  engine.setReadOnly('safe', true);
  expect(await gather()).toMatchObject({ ...clear, saving: { trouble: expect.stringContaining('readonly is true') } });
  engine.removeRepository('safe');
  expect(await gather()).toMatchObject({
    ...clear,
    saving: { trouble: expect.stringContaining('no repository safe') },
  });
  engine.breakRepository('backups', 'its folder is gone');
  expect(await gather()).toMatchObject({ repository: { trouble: expect.stringContaining('its folder') }, seen: [] });
});

it('does not call a repository usable that a node cannot use, and names the node', async () => {
  const { engine, gather } = await setUp();
  engine.hideRepository('backups', 'in-memory');
  const trouble = expect.stringContaining('node in-memory');
  expect(await gather()).toMatchObject({ repository: { trouble, unwritable: undefined } });
});

it.each(['ENGINE_FORBIDDEN', 'ENGINE_REFUSED', 'ENGINE_TIMEOUT'] as const)(
  'is made without a verification that ends in %s, and says so',
  async (code) => {
    const { engine, gather } = await setUp();
    engine.failNext('verifyRepository', fail(code, 'not verified', { call: 'verifyRepository' }));
    expect(await gather()).toMatchObject({
      repository: { trouble: undefined, unwritable: undefined, unverified: 'not verified' },
    });
  },
);
