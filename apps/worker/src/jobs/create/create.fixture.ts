import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { digestOf } from '@tandem/planning/digest.ts';
import type { JobOutcome } from '@tandem/queue/port.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { planBackup } from '@tandem/shared/domain/backup/plan-backup.ts';
import { optimize } from '@tandem/shared/domain/profile.ts';
import { steadyClock } from '../../background/watch-clock.ts';
import { createHealthServer } from '../../health-server.ts';
import { runTick } from '../../tick.ts';
import { jobCatalogue } from '../index.ts';
import type { JobCatalogue } from '../job.ts';

export const OPERATION = '00000000-0000-4000-8000-000000000001';
export const REPOSITORY = 'backups';
export const actor = { kind: 'system', name: 'worker' } as const;
const limits = { initialBackoffMs: 100, maxBackoffMs: 1_000, maxAttempts: 5, maxElapsedMs: 60_000 };

const silent = Object.fromEntries(['debug', 'info', 'warn', 'error'].map((level) => [level, () => undefined]));

/** A logger that keeps its lines about operations. */
const keeping = (lines: (readonly [string, object])[]): Logger => {
  const line = (facts: object, message: string) => void lines.push([message, facts]);
  return { ...silent, info: line, warn: line } as unknown as Logger;
};

/** One accepted backup over engine and history in memory, on a clock that the test drives. */
export const setUpCreate = async () => {
  let time = Date.parse('2026-01-01T00:00:00Z');
  const history = inMemoryHistory({ now: () => new Date(time) });
  const engine = inMemoryEngine({ now: () => new Date(time) });
  engine.createRepository(REPOSITORY);
  for (const name of ['optimize-import-index_v3', 'optimize-alert_v4']) engine.createIndex(name, 3);
  /** Accepts a backup of the current indices, as the API does. */
  const accept = async (backupId: string, operationId: string): Promise<void> => {
    const names = (await engine.listIndices('optimize')).map(({ name }) => name);
    const named = { backupId, optimizeVersion: '3.9.0' };
    const { uuid, settingsDigest } = await engine.readRepository(REPOSITORY);
    await history.accept({
      ...named,
      ...planBackup(optimize, 'optimize', named, names, digestOf),
      profile: 'optimize',
      indexPrefix: 'optimize',
      origin: 'requested',
      location: { clusterUuid: 'in-memory-cluster', repository: REPOSITORY, repositoryUuid: uuid, settingsDigest },
      operationId,
      requestId: 'request-1',
      actor: { kind: 'anonymous', address: '127.0.0.1' },
      events: [{ kind: 'backup.requested', actor, source: 'api' }],
    });
  };
  await accept('b', OPERATION);
  const unexpected: string[] = [];
  const lines: (readonly [string, object])[] = [];
  const health = createHealthServer();
  const jobs = {
    engine,
    history,
    gather: () => Promise.reject(new Error('no restore here')),
    configuredVersion: undefined,
    enqueue: async () => undefined,
    optimizeAnswersAt: async () => undefined,
    polling: { minMs: 100, maxMs: 1_000 },
    actor,
    tandemVersion: '0.0.0',
    vanishedMs: 100,
    quietMs: 1_000,
    nowSince: steadyClock.nowSince,
    expiryMs: 3_600_000,
    log: silent as unknown as Logger,
  };
  const worker = (name: string, catalogue: JobCatalogue = jobCatalogue(jobs)) =>
    runTick({
      ledger: history,
      queue: { enqueue: async () => undefined },
      announce: () => undefined,
      jobs: catalogue,
      claim: { worker: name, leaseMs: 10_000, createsPerRepository: 1, queuedRetryMs: 30_000 },
      policy: { transient: limits, operator: limits },
      actor,
      log: keeping(lines),
      onRecorded: health.recorded,
      onUnexpected: (kind) => unexpected.push(kind),
      clock: { now: () => time, every: () => () => undefined },
      jitter: () => 0.5,
    });
  const pass = (ms: number) => {
    time += ms;
  };
  const tick = worker('one');
  const job = { operationId: OPERATION, revision: 1 };
  /** Runs ticks as the queue would, completing snapshots, until the job is done; bounded. */
  const toTheEnd = async (operationId = OPERATION): Promise<void> => {
    for (let ticks = 0; ticks < 50; ticks += 1) {
      const outcome: JobOutcome = await tick({ ...job, operationId });
      if (outcome.next === 'done') return;
      pass(outcome.inMs);
      engine.finishAll();
    }
    throw new Error('the operation did not end');
  };
  const backup = async () => {
    const found = await history.findBackup('b', undefined);
    if (found === undefined) throw new Error('the backup is missing');
    return found;
  };
  const kinds = async () => (await history.eventsOf('b', 100)).map(({ kind }) => kind);
  const said = { unexpected, health, lines };
  return { history, engine, jobs, accept, worker, tick, job, pass, toTheEnd, backup, kinds, ...said };
};
