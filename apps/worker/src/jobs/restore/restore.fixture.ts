import { type InMemoryEngine, inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { digestOf } from '@tandem/planning/digest.ts';
import { gatherPlan } from '@tandem/planning/plan/gather-plan.ts';
import type { JobOutcome } from '@tandem/queue/port.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import { planParts } from '@tandem/shared/domain/backup/plan-backup.ts';
import { optimize } from '@tandem/shared/domain/profile.ts';
import type { TemplateCapsule } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import type { RestoreRequest } from '@tandem/shared/domain/restore/plan/plan-facts.ts';
import { planRestore } from '@tandem/shared/domain/restore/plan/restore-plan.ts';
import { PLAN_HASH_VERSION } from '@tandem/shared/domain/restore/plan/restore-plan-hash.ts';
import {
  newRestoreDetail,
  type RestoreTask,
  readRestoreDetail,
} from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { restoreParts, selectionOf } from '@tandem/shared/domain/restore/run/restore-parts.ts';
import { steadyClock } from '../../background/watch-clock.ts';
import { runTick } from '../../tick.ts';
import { jobCatalogue } from '../index.ts';

export const REPOSITORY = 'backups';
const CREATE = '0198c0de-7000-7000-8000-000000000001';
export const RESTORE = '0198c0de-7000-7000-8000-000000000002';
export const POSITIONS = 'optimize-import-index_v3';
export const ALERTS = 'optimize-alert_v4';
export const PART_2 = 'camunda_optimize_b_3.9.0_part_2_of_2';
export const actor = { kind: 'system', name: 'worker' } as const;
const nothing = () => undefined;
const silent = { info: nothing, warn: nothing, error: nothing, debug: nothing } as unknown as Logger;
const limits = { initialBackoffMs: 100, maxBackoffMs: 1_000, maxAttempts: 5, maxElapsedMs: 600_000 };
export const QUIET_MS = 1_000;
export const EXPIRY_MS = 300_000;

export const inPlace: RestoreRequest = {
  rename: undefined,
  deleteExisting: false,
  acceptVersion: undefined,
  only: undefined,
  copy: false,
  acceptDiskShort: false,
  deleteUnknown: [],
  keepUnknown: [],
};
export const rehearsal: RestoreRequest = {
  ...inPlace,
  rename: { pattern: '(.+)', replacement: 'tandem-rehearsal-1-$1' },
  copy: true,
};

type Preparation = {
  /** Whether CAMUNDA_OPTIMIZE_VERSION is set. */
  readonly knowsVersion?: boolean;
  readonly templates?: TemplateCapsule;
  /** Runs before the backup is taken. */
  readonly prepare?: (engine: InMemoryEngine) => Promise<void>;
  /** Called before each call of the engine, which rejects with what this throws. */
  readonly onCall?: (method: string, subject: string) => void;
};

/** A cluster with one COMPLETED backup of two indices, and a worker. */
export const setUp = async ({ templates, prepare, onCall, knowsVersion = true }: Preparation = {}) => {
  const configuredVersion = knowsVersion ? '3.9.0' : undefined;
  let time = Date.parse('2026-01-01T00:00:00Z');
  let optimizeAt: string | undefined;
  const now = () => new Date(time);
  const history = inMemoryHistory({ now });
  const calls: { readonly method: string; readonly at: number }[] = [];
  const late: { readonly method: string; skip: number; readonly task: () => Promise<void> }[] = [];
  const before = async ({ method, subject }: { readonly method: string; readonly subject: string }) => {
    calls.push({ method, at: time });
    onCall?.(method, subject);
    const [next] = late;
    if (next?.method !== method) return;
    next.skip -= 1;
    if (next.skip >= 0) return;
    late.length = 0;
    await next.task();
  };
  const engine = inMemoryEngine({ now, before });
  engine.createRepository(REPOSITORY);
  if (templates !== undefined) await engine.putTemplates(templates);
  engine.createIndex(POSITIONS, 3, { aliases: ['optimize-import-index'] });
  engine.createIndex(ALERTS, 5, { aliases: ['optimize-alert'] });
  await prepare?.(engine);
  const backUp = (backupId: string, operationId: string) =>
    history.accept({
      backupId,
      optimizeVersion: '3.9.0',
      profile: 'optimize',
      indexPrefix: 'optimize',
      origin: 'requested',
      location: { clusterUuid: 'in-memory-cluster', repository: REPOSITORY, repositoryUuid: undefined },
      parts: planParts(optimize, 'optimize', backupId, '3.9.0', [POSITIONS, ALERTS]),
      operationId,
      requestId: 'request-1',
      actor: { kind: 'anonymous', address: '127.0.0.1' },
      events: [{ kind: 'backup.requested', actor, source: 'api' }],
    });
  await backUp('b', CREATE);
  const optimizeAnswersAt = async () => optimizeAt;
  const gather = gatherPlan({
    engine,
    history,
    configuredVersion,
    indexPrefix: 'optimize',
    repository: undefined,
    optimizeAnswersAt,
  });
  const jobs = {
    engine,
    history,
    gather,
    configuredVersion,
    enqueue: async () => undefined,
    optimizeAnswersAt,
    polling: { minMs: 100, maxMs: 1_000 },
    actor,
    tandemVersion: '0.0.0',
    vanishedMs: 100,
    quietMs: QUIET_MS,
    nowSince: steadyClock.nowSince,
    expiryMs: EXPIRY_MS,
    log: silent,
  };
  const tick = runTick({
    ledger: history,
    queue: { enqueue: async () => undefined },
    announce: () => undefined,
    jobs: jobCatalogue(jobs),
    claim: { worker: 'one', leaseMs: 10_000, createsPerRepository: 1, queuedRetryMs: 30_000 },
    policy: { transient: limits, operator: limits },
    actor,
    log: silent,
    clock: { now: () => time, every: () => () => undefined },
    jitter: () => 0.5,
  });
  const pass = (ms: number) => {
    time += ms;
  };
  /** Runs open creates as the sweep would, since a restore waits for its safety backup. */
  const runCreates = async (): Promise<void> => {
    for (const create of await history.openCreates('in-memory-cluster')) await toTheEnd(create.operationId);
  };
  /** Runs ticks as the queue would. `between` runs after each; snapshots and restores complete by themselves unless it returns false. */
  const toTheEnd = async (operationId: string, between: (ticks: number) => boolean | undefined = () => undefined) => {
    for (let ticks = 1; ticks < 80; ticks += 1) {
      if (operationId === RESTORE) await runCreates();
      const outcome: JobOutcome = await tick({ operationId, revision: 1 });
      if (outcome.next === 'again') pass(outcome.inMs);
      else if ((await history.findOperation(operationId))?.endedAt !== undefined) return;
      else pass(500);
      if (between(ticks) !== false) engine.finishAll();
    }
    throw new Error('the operation did not end');
  };
  const backup = async () => {
    const found = await history.findBackup('b', undefined);
    if (found === undefined) throw new Error('the backup is missing');
    return found;
  };
  const plan = async (request: RestoreRequest, of?: BackupRecord) =>
    planRestore(request, await gather(of ?? (await backup()), request), digestOf);
  const begin = async (request: RestoreRequest, more: Partial<RestoreTask> = {}, operationId = RESTORE) => {
    const planned = await plan(request);
    const task: RestoreTask = {
      ...request,
      inPlace: request.rename === undefined,
      clusterUuid: planned.clusterUuid,
      parts: restoreParts(planned),
      ...selectionOf(planned),
      deletes: planned.deletes,
      notRestored: planned.notRestored,
      planHash: planned.planHash,
      hashVersion: PLAN_HASH_VERSION,
      rollback: true,
      restoreTemplates: false,
      safetyBackupId: undefined,
      bytes: undefined,
      ...more,
    };
    const { key } = await backup();
    const requested = await history.requestRestore({
      operationId,
      kind: request.copy ? 'rehearse' : 'restore',
      backupKey: key,
      clusterUuid: planned.clusterUuid,
      requestId: undefined,
      actor,
      detail: newRestoreDetail(task),
      events: [{ kind: request.copy ? 'rehearsal.requested' : 'restore.requested', actor, source: 'api' }],
    });
    if (!requested.accepted) throw new Error(`the restore was refused: ${requested.why}`);
    return planned;
  };
  const restore = async () => {
    const record = await history.findRestore(RESTORE);
    if (record === undefined) throw new Error('the restore is missing');
    return { ...record, ...readRestoreDetail(record.detail) };
  };
  const indices = async (prefix: string) => (await engine.listIndices(prefix)).map(({ name }) => name);
  const forget = () => {
    for (const name of [POSITIONS, ALERTS]) engine.deleteIndex(name);
  };
  const answersAt = (url: string | undefined) => {
    optimizeAt = url;
  };
  await toTheEnd(CREATE);
  /** When that method was first called. */
  const calledAt = (method: string): number => calls.find((call) => call.method === method)?.at ?? Number.NaN;
  /** Runs immediately before that call, after `skip` others of the method. */
  const beforeCall = (method: string, skip: number, task: () => Promise<void>) =>
    void late.push({ method, skip, task });
  return {
    history,
    engine,
    backUp,
    gather,
    pass,
    toTheEnd,
    backup,
    plan,
    begin,
    restore,
    indices,
    forget,
    answersAt,
    calledAt,
    beforeCall,
  };
};
