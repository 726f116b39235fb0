import { setTimeout as sleep } from 'node:timers/promises';
import type { RepositoryInfo, SearchEngine } from '@tandem/engine/port.ts';
import type { History } from '@tandem/history/ports/history.ts';
import type { HistoryLine, Rollback } from '@tandem/history/ports/rollback.ts';
import type { JobQueue } from '@tandem/queue/port.ts';
import { ACTIVE_STATES } from '@tandem/shared/domain/operation/operation-state.ts';
import { repositoryChangedWords } from '@tandem/shared/domain/repository/repository-identity.ts';
import { withTimeLimit } from '@tandem/shared/domain/time-limit.ts';
import { readOnlyRepository } from '../backups/read/engine-facts.ts';
import { sharedReads } from '../backups/read/shared-reads.ts';

export type PartHealth = { readonly status: 'UP' | 'WARN' | 'DOWN'; readonly reason?: string };

export type Readiness = {
  readonly status: 'UP' | 'DEGRADED' | 'DOWN' | 'OUT_OF_SERVICE';
  readonly components: Readonly<
    Record<'postgresql' | 'redis' | 'engine' | 'repository' | 'history' | 'operations', PartHealth>
  >;
};

export type ReadinessSources = {
  readonly history: History;
  /** Resolves if PostgreSQL confirmed a write recently (write-probe.ts). */
  readonly checkWrites: () => Promise<void>;
  readonly queue: JobQueue;
  readonly engine: SearchEngine;
  /** Checks the engine's URLs. */
  readonly engineWarnings?: () => Promise<readonly string[]>;
  readonly repository: string | undefined;
  /** Max wait for each check. */
  readonly withinMs: number;
  /** Max age of the workers' heartbeat. */
  readonly workerSeenWithinMs: number;
};

/**
 * Checks in parallel PostgreSQL, Redis, the engine and the repository, whether the history was rolled back, and whether operations are
 * suspended or wait for an operator. Never rejects. Everyone may ask, as often as they like: requests that arrive together share the checks.
 */
export const readReadiness = (sources: ReadinessSources): (() => Promise<Readiness>) => {
  const shared = sharedReads<Readiness, undefined>(() => check(sources));
  return () => shared('', undefined);
};

const check = async (sources: ReadinessSources): Promise<Readiness> => {
  const { history, checkWrites, queue, engine, engineWarnings, repository, withinMs, workerSeenWithinMs } = sources;
  const read = history.readLine([]);
  const [postgresql, redis, engineHealth, repositoryHealth, line, operations] = await Promise.all([
    health(withinMs, async () => {
      await history.check();
      await checkWrites();
      return undefined;
    }),
    health(withinMs, async () => (await queue.health()).warnings),
    health(withinMs, async () => {
      await engine.info();
      return engineWarnings?.();
    }),
    repository === undefined
      ? { status: 'DOWN' as const, reason: 'CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME is not set' }
      : health(withinMs, () => repositoryWarnings(sources, repository)),
    health(withinMs, async () => rollbackWords((await read).rollback)),
    health(withinMs, () => heldUpOperations(history, read, workerSeenWithinMs)),
  ]);
  const components = {
    postgresql,
    redis,
    engine: engineHealth,
    repository: repositoryHealth,
    history: line,
    operations,
  };
  return { status: overall(components), components };
};

/** Not ready once draining, whatever the checks return. */
export const untilDraining =
  (ready: () => Promise<Readiness>, draining: AbortSignal) => async (): Promise<Readiness> => {
    const readiness = await ready();
    return draining.aborted ? { ...readiness, status: 'OUT_OF_SERVICE' } : readiness;
  };

const repositoryWarnings = async (
  { history, engine }: Pick<ReadinessSources, 'history' | 'engine'>,
  repository: string,
): Promise<readonly string[]> => {
  const [info, { clusterUuid }, changed] = await Promise.all([
    engine.readRepository(repository),
    engine.info(),
    // another component reports that PostgreSQL is unreachable
    history.changedRepositories().catch(() => []),
  ]);
  const here = changed.filter(
    ({ location, acceptedAt }) =>
      acceptedAt === undefined && location.clusterUuid === clusterUuid && location.repository === repository,
  );
  return [...warningsOf(info), ...here.map(repositoryChangedWords)];
};

/** Restores and rehearsals still work. */
const warningsOf = ({ name, readOnly }: RepositoryInfo): readonly string[] =>
  readOnly === undefined ? [] : [`${readOnlyRepository(name, readOnly)} Backups are refused until then.`];

/** Operations are counted up to this number. */
const COUNTED = 100;

/** They stay suspended until an operator decides. */
const suspendedOperations = async (history: Pick<History, 'listOperations'>): Promise<readonly string[]> => {
  const found = await history.listOperations({ states: ['SUSPENDED'] }, undefined, COUNTED + 1);
  if (found.length === 0) return [];
  const count = found.length > COUNTED ? `More than ${COUNTED}` : found.length;
  return [
    `${count} suspended operations wait for an operator to release or cancel them: GET /api/v1/operations?state=SUSPENDED.`,
  ];
};

const heldUpOperations = async (
  history: Pick<History, 'listOperations' | 'attemptsOf'>,
  line: Promise<HistoryLine>,
  workerSeenWithinMs: number,
): Promise<readonly string[]> =>
  (
    await Promise.all([suspendedOperations(history), waitingCreates(history), missingWorker(line, workerSeenWithinMs)])
  ).flat();

/** When the last heartbeat was, if that is too long ago. The worker that sweeps writes it, except during an unacknowledged rollback, which another component reports. */
export const missingWorkerSince = (
  { now, heartbeatAt, rollback }: HistoryLine,
  withinMs: number,
): string | undefined => {
  const isSeen = rollback !== undefined || Date.parse(now) - Date.parse(heartbeatAt) <= withinMs;
  return isSeen ? undefined : heartbeatAt;
};

const missingWorker = async (line: Promise<HistoryLine>, withinMs: number): Promise<readonly string[]> => {
  const since = missingWorkerSince(await line, withinMs);
  if (since === undefined) return [];
  return [
    `No worker has been seen since ${since}: requests are accepted, but wait. Start a worker, or check the log of the running one.`,
  ];
};

/** Max creates that are listed with their reasons. */
const LISTED = 3;

/** They are retried, but the cause (such as a node that cannot use the repository) stays until an operator fixes it. */
const waitingCreates = async (history: Pick<History, 'listOperations' | 'attemptsOf'>): Promise<readonly string[]> => {
  const filter = { kinds: ['create'], states: ACTIVE_STATES, errorClass: 'operator' } as const;
  const found = await history.listOperations(filter, undefined, LISTED);
  return Promise.all(
    found.map(async ({ operationId, backupId }) => {
      const reason = (await history.attemptsOf(operationId)).at(-1)?.reason?.message;
      return `Backup ${backupId} waits for an operator: ${reason ?? 'see its attempts'}`;
    }),
  );
};

const overall = (components: Readiness['components']): Readiness['status'] => {
  if (components.postgresql.status === 'DOWN') return 'DOWN';
  const isDown = Object.values(components).some(({ status }) => status === 'DOWN');
  return isDown || components.history.status !== 'UP' ? 'DEGRADED' : 'UP';
};

const rollbackWords = (rollback: Rollback | undefined): readonly string[] => {
  if (rollback === undefined) return [];
  const { detectedAt, lossMs, scope } = rollback;
  const what = scope === 'everything' ? 'Every open operation was' : 'Open deletions and restores with deletions were';
  return [
    `PostgreSQL was rolled back to an earlier state (detected at ${detectedAt}): up to ${Math.ceil(lossMs / 1_000)} s of the history are lost. ${what} suspended. Follow docs/disaster-recovery.md, then POST /api/v1/history/acknowledge-rollback.`,
  ];
};

const health = (withinMs: number, check: () => Promise<readonly string[] | undefined>): Promise<PartHealth> => {
  const checked = check().then(
    (warnings): PartHealth =>
      warnings === undefined || warnings.length === 0
        ? { status: 'UP' }
        : { status: 'WARN', reason: warnings.join(' ') },
    (error: unknown): PartHealth => ({
      status: 'DOWN',
      reason: error instanceof Error ? error.message : String(error),
    }),
  );
  const late = (): PartHealth => ({ status: 'DOWN', reason: `no response within ${withinMs} ms` });
  return withTimeLimit(sleep, withinMs, checked, late);
};
