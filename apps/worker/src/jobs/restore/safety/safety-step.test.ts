import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import type { Acceptance, NewCreate } from '@tandem/history/ports/backups.ts';
import type { OperationJob } from '@tandem/queue/port.ts';
import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import { type FailureCode, fail } from '@tandem/shared/domain/failure/failure.ts';
import { NO_MEMORY, type RestoreMemory, type RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { safetyBackupIdOf } from '@tandem/shared/domain/restore/safety-backup.ts';
import { describe, expect, it } from 'vitest';
import type { RestoreTick } from '../context.ts';
import { safetyBackup } from './safety.ts';

const ID = '0198c0de-7000-7000-8000-000000000002';
const SAFETY = safetyBackupIdOf(ID);
const REPOSITORY = 'backups';
const STARTED = '2026-01-01T00:00:00.000Z';
const POSITIONS = 'optimize-import-index_v3';
const ALERTS = 'optimize-alert_v4';
const actor = { kind: 'system', name: 'worker' } as const;
const operator = { kind: 'key', name: 'night' } as const;
const polling = { minMs: 100, maxMs: 1_000 };
const after = (ms: number) => new Date(Date.parse(STARTED) + ms);

type World = {
  readonly found?: Partial<BackupRecord>;
  readonly acceptance?: Acceptance;
  readonly enqueue?: (jobs: readonly OperationJob[]) => Promise<void>;
  readonly configuredVersion?: string | undefined;
  readonly operation?: Partial<RestoreTick['operation']>;
  readonly profile?: string;
  readonly task?: Partial<RestoreTask>;
  readonly memory?: Partial<RestoreMemory>;
};

/** A tick at the step of the safety backup, 10 s after the restore began. */
const setUp = (world: World = {}) => {
  const engine = inMemoryEngine();
  engine.createRepository(REPOSITORY);
  const requested: NewCreate[] = [];
  const warned: unknown[][] = [];
  const record = { state: 'COMPLETED', safetyOf: ID, requestedAt: after(1), origin: 'requested', ...world.found };
  const accept = async (create: NewCreate): Promise<Acceptance> => {
    requested.push(create);
    return world.acceptance ?? { accepted: true, revision: 7 };
  };
  const tick = {
    job: {
      ...{ engine, actor, polling },
      configuredVersion: 'configuredVersion' in world ? world.configuredVersion : '3.9.0',
      history: {
        findBackupWithDeleted: async () => (world.found === undefined ? undefined : record),
        changedRepositories: async () => [],
        accept,
      },
      enqueue: world.enqueue ?? (async () => undefined),
      log: { warn: (...said: unknown[]) => void warned.push(said) },
    },
    operation: {
      ...{ operationId: ID, requestId: 'request-1', actor: operator, now: after(10_000), failedTries: 0 },
      backup: {
        ...{ backupId: 'b', optimizeVersion: '3.8.0', indexPrefix: 'optimize', profile: world.profile ?? 'optimize' },
      },
      ...world.operation,
    },
    detail: {
      task: {
        ...{ copy: false, inPlace: true, clusterUuid: 'in-memory-cluster', safetyBackupId: SAFETY },
        ...{ safetyRepository: REPOSITORY, deletes: [{ index: ALERTS }, { index: POSITIONS }] },
        ...world.task,
      },
      memory: { ...NO_MEMORY, startedAt: STARTED, checked: true, ...world.memory },
      restored: {},
    },
    tools: { assertHeld: () => undefined },
  } as unknown as RestoreTick;
  return { engine, requested, warned, tick };
};

const failedAs = (data: object, message: unknown = expect.any(String)) => ({
  ...{ tries: 'progress', outcome: { do: 'wait', inMs: 0 } },
  detail: {
    memory: {
      step: 'take-back',
      ending: {
        ...{ state: 'FAILED', at: 'safety-backup' },
        reason: { code: 'RESTORE_UNSAFE', message, data: { safetyBackupId: SAFETY, step: 'safety-backup', ...data } },
      },
    },
  },
});

describe('a safety backup that is there', () => {
  it('is followed while it is in progress, more rarely the longer it runs', async () => {
    const { tick } = setUp({ found: { state: 'IN_PROGRESS', requestedAt: after(2_000) } });
    expect(await safetyBackup(tick)).toEqual({ tries: 'progress', outcome: { do: 'wait', inMs: 400 } });
  });

  it('lets the deletion begin once it is COMPLETED, and is written down', async () => {
    const facts = { backupId: SAFETY, optimizeVersion: '3.8.0', versionAssumed: true };
    const { tick } = setUp({ found: facts });
    expect(await safetyBackup(tick)).toEqual({
      detail: { memory: { ...tick.detail.memory, step: 'delete-existing' } },
      events: [
        {
          ...{ kind: 'restore.step', actor, source: 'worker', requestId: 'request-1' },
          after: { operationId: ID, step: 'safety-backup', ...facts },
        },
      ],
      ...{ tries: 'progress', outcome: { do: 'wait', inMs: 0 } },
    });
  });

  const full = { code: 'REPOSITORY_UNAVAILABLE', message: 'the disk is full', data: {} };
  it.each([
    ['FAILED', full, `The safety backup ${SAFETY} is FAILED: the disk is full. Nothing was deleted. Resolve`],
    ['INCOMPLETE', undefined, `The safety backup ${SAFETY} is INCOMPLETE. Nothing was deleted. Resolve`],
  ] as const)('ends the restore where it is %s', async (state, failure, words) => {
    const { tick } = setUp({ found: { state, failure } });
    expect(await safetyBackup(tick)).toMatchObject(
      failedAs({ state, acceptUnsaved: [ALERTS, POSITIONS] }, expect.stringContaining(words)),
    );
  });

  it('ends the restore where it is of an earlier run, with its state', async () => {
    const { tick } = setUp({ found: { requestedAt: after(-1) } });
    expect(await safetyBackup(tick)).toMatchObject(
      failedAs({ state: 'COMPLETED' }, expect.stringContaining('was taken by an earlier run')),
    );
  });

  const earlier = { safetyRepository: undefined };
  it.each<readonly [string, Partial<BackupRecord>, object]>([
    ['is used, whoever requested it', { safetyOf: undefined }, { detail: { memory: { step: 'delete-existing' } } }],
    ['is of no use once it was deleted', { deletedAt: after(5) }, failedAs({ state: 'COMPLETED' })],
  ])('of a restore that an earlier version accepted %s', async (_, found, change) => {
    const { tick } = setUp({ found, task: earlier });
    expect(await safetyBackup(tick)).toMatchObject(change);
  });
});

describe('a safety backup that an earlier version was to request', () => {
  it.each([
    [14_999, { tries: 'progress', outcome: { do: 'wait', inMs: polling.maxMs } }],
    [15_000, failedAs({ state: null }, `The safety backup ${SAFETY} was never accepted. Nothing was deleted.`)],
  ])('is waited for up to 15 s, and not requested: after %i ms', async (ms, change) => {
    const { tick, requested } = setUp({ task: { safetyRepository: undefined }, operation: { now: after(ms) } });
    expect(await safetyBackup(tick)).toMatchObject(change);
    expect(requested).toEqual([]);
  });
});

describe('requesting the safety backup', () => {
  const waits = { tries: 'progress', outcome: { do: 'wait', inMs: polling.minMs } };

  it.each([
    ['with its request', 'request-1', { requestId: 'request-1' }],
    ['without a request', undefined, {}],
  ])('records what it is of, what is left out, and its hold: %s', async (_, requestId, told) => {
    const { tick, requested } = setUp({ task: { acceptUnsaved: [POSITIONS] }, operation: { requestId } });
    expect(await safetyBackup(tick)).toEqual(waits);
    const [create] = requested;
    const location = create?.location;
    expect(location).toMatchObject({ clusterUuid: 'in-memory-cluster', repository: REPOSITORY });
    const reason = `safety backup of restore ${ID}`;
    const hold = { reason, until: null, actor, requestId, at: after(10_000).toISOString() };
    const nameOf = (part: number) => `camunda_optimize_${SAFETY}_3.9.0_part_${part}_of_2`;
    expect(create).toMatchObject({ backupId: SAFETY, safetyOf: ID, hold, actor: operator, optimizeVersion: '3.9.0' });
    expect(create?.events).toEqual([
      {
        ...{ kind: 'backup.requested', actor: operator, source: 'worker', ...told, reason: `${reason} of backup b` },
        after: {
          ...{ operationId: create?.operationId, safetyOf: ID, optimizeVersion: '3.9.0', versionAssumed: false },
          ...{ location, unsaved: 1 },
          parts: [
            { number: 1, snapshotName: nameOf(1), indices: 0 },
            { number: 2, snapshotName: nameOf(2), indices: 1 },
          ],
        },
      },
      { kind: 'backup.held', actor, source: 'worker', ...told, reason, before: { hold: null }, after: { hold } },
    ]);
    expect(create).not.toHaveProperty('versionAssumed');
  });

  it('queues it once it is accepted, under its revision', async () => {
    const queued: OperationJob[] = [];
    const { tick, requested } = setUp({ enqueue: async (jobs) => void queued.push(...jobs) });
    expect(await safetyBackup(tick)).toEqual(waits);
    expect(queued).toEqual([{ operationId: requested[0]?.operationId, revision: 7 }]);
  });

  it('goes on where the queue is away: the sweep queues it', async () => {
    const away = new Error('the queue is away');
    const { tick, requested, warned } = setUp({ enqueue: () => Promise.reject(away) });
    expect(await safetyBackup(tick)).toEqual(waits);
    const { operationId } = requested[0] ?? {};
    expect(warned).toEqual([[{ operationId, backupId: SAFETY, err: away }, expect.any(String)]]);
  });

  it.each<readonly [string, Acceptance]>([
    ['another tick has requested it', { accepted: false, existing: {} as BackupRecord }],
    ['another restore is open', { accepted: false, restoring: { operationId: 'other', backupId: 'other' } }],
  ])('queues nothing where %s, and looks again', async (_, acceptance) => {
    const queued: OperationJob[] = [];
    const { tick } = setUp({ acceptance, enqueue: async (jobs) => void queued.push(...jobs) });
    expect(await safetyBackup(tick)).toEqual(waits);
    expect(queued).toEqual([]);
  });

  it('is not for a worker that does not know the profile', async () => {
    const { tick, requested } = setUp({ profile: 'of-a-later-version' });
    await expect(safetyBackup(tick)).rejects.toMatchObject({ code: 'PROFILE_UNKNOWN' });
    expect(requested).toEqual([]);
  });

  it.each([
    [50, expect.stringMatching(/"acceptUnsaved": \["i-0",.*"i-49"\]\.$/)],
    [51, expect.stringMatching(/"acceptUnsaved": the names in data\.acceptUnsaved\.$/)],
  ])('names %i indices in its data, and no more than 50 in its message, where it cannot', async (count, words) => {
    const names = Array.from({ length: count }, (_, at) => `i-${at}`);
    const { engine, tick } = setUp({ task: { deletes: names.map((index) => ({ index })) as never } });
    engine.removeRepository(REPOSITORY);
    const data = { cause: 'REPOSITORY_UNKNOWN', acceptUnsaved: names };
    expect(await safetyBackup(tick)).toMatchObject(failedAs(data, words));
  });
});

describe('the version in its names where none is configured', () => {
  const requestedWith = async (code: FailureCode | undefined, failedTries: number) => {
    const { engine, tick, requested } = setUp({ configuredVersion: undefined });
    Object.assign(tick.operation, { failedTries });
    if (code !== undefined) engine.failNext('readOptimizeMetadata', fail(code, 'no', { call: 'readOptimizeMetadata' }));
    await safetyBackup(tick);
    return requested.map(({ optimizeVersion, versionAssumed }) => [optimizeVersion, versionAssumed]);
  };
  const assumed = [['3.8.0', true]];

  it.each([undefined, 'ENGINE_BLOCKED', 'ENGINE_REFUSED', 'ENGINE_ANSWER_INVALID'] as const)(
    'is assumed at once where the engine has none to tell: %s',
    async (code) => expect(await requestedWith(code, 0)).toEqual(assumed),
  );

  it.each(['ENGINE_BUSY', 'ENGINE_FAILED'] as const)('is assumed at the third try of %s, not before', async (code) => {
    await expect(requestedWith(code, 0)).rejects.toMatchObject({ code });
    await expect(requestedWith(code, 1)).rejects.toMatchObject({ code });
    expect(await requestedWith(code, 2)).toEqual(assumed);
    expect(await requestedWith(code, 3)).toEqual(assumed);
  });

  it('is never assumed where the engine is away', async () => {
    await expect(requestedWith('ENGINE_UNREACHABLE', 9)).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
  });
});
