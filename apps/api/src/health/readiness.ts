import type { RepositoryInfo, SearchEngine } from '@tandem/engine/port.ts';
import type { History } from '@tandem/history/ports/history.ts';
import type { HistoryLine, Rollback } from '@tandem/history/ports/rollback.ts';
import type { JobQueue } from '@tandem/queue/port.ts';
import { ACTIVE_STATES } from '@tandem/shared/domain/backup/operation-state.ts';
import { repositoryChangedWords } from '@tandem/shared/domain/backup/repository-identity.ts';
import { readOnlyRepository } from '../backups/engine-facts.ts';

export type PartHealth = { readonly status: 'UP' | 'WARN' | 'DOWN'; readonly reason?: string };

export type Readiness = {
  readonly status: 'UP' | 'DEGRADED' | 'DOWN' | 'OUT_OF_SERVICE';
  readonly components: Readonly<
    Record<'postgresql' | 'redis' | 'engine' | 'repository' | 'history' | 'operations', PartHealth>
  >;
};

export type ReadinessSources = {
  readonly history: History;
  /** Resolves where PostgreSQL confirmed a write lately (write-probe.ts). */
  readonly checkWrites: () => Promise<void>;
  readonly queue: JobQueue;
  readonly engine: SearchEngine;
  /** Of its addresses. */
  readonly engineWarnings?: () => Promise<readonly string[]>;
  readonly repository: string | undefined;
  /** Longest wait for any of them. */
  readonly withinMs: number;
  /** How long the heartbeat of the workers may be silent. */
  readonly workerSeenWithinMs: number;
};

/**
 * Asks PostgreSQL, Redis, the engine and the repository at once, whether the history was rolled back, and whether operations are suspended or
 * wait until an operator has fixed something.
 * Never rejects.
 */
export const readReadiness = (sources: ReadinessSources) => async (): Promise<Readiness> => {
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

/** Not ready from then on, whatever it depends on says. */
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
    // that PostgreSQL is away is said elsewhere
    history.changedRepositories().catch(() => []),
  ]);
  const here = changed.filter(
    ({ location, acceptedAt }) =>
      acceptedAt === undefined && location.clusterUuid === clusterUuid && location.repository === repository,
  );
  return [...warningsOf(info), ...here.map(repositoryChangedWords)];
};

/** Restores and rehearsals work all the same. */
const warningsOf = ({ name, readOnly }: RepositoryInfo): readonly string[] =>
  readOnly === undefined ? [] : [`${readOnlyRepository(name, readOnly)} Backups are refused until then.`];

/** Counted up to this. */
const COUNTED = 100;

/** Nothing happens to them before an operator decides. */
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

/** The worker that sweeps writes the heartbeat, except while a rollback is open, which is said elsewhere. */
const missingWorker = async (line: Promise<HistoryLine>, withinMs: number): Promise<readonly string[]> => {
  const { now, heartbeatAt, rollback } = await line;
  if (rollback !== undefined || Date.parse(now) - Date.parse(heartbeatAt) <= withinMs) return [];
  return [
    `No worker has been seen since ${heartbeatAt}: what is requested is accepted, and waits. Start a worker, or see the log of the one that runs.`,
  ];
};

/** With their reasons. */
const TOLD = 3;

/** Tried again by themselves; what is in the way (a node that cannot use the repository) stays until somebody fixes it. */
const waitingCreates = async (history: Pick<History, 'listOperations' | 'attemptsOf'>): Promise<readonly string[]> => {
  const filter = { kinds: ['create'], states: ACTIVE_STATES, errorClass: 'operator' } as const;
  const found = await history.listOperations(filter, undefined, TOLD);
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
    `PostgreSQL was put back to an earlier state (detected at ${detectedAt}): up to ${Math.ceil(lossMs / 1_000)} s of the history are lost. ${what} suspended. Follow docs/disaster-recovery.md, then POST /api/v1/history/acknowledge-rollback.`,
  ];
};

const health = async (withinMs: number, ask: () => Promise<readonly string[] | undefined>): Promise<PartHealth> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<PartHealth>((resolve) => {
    timer = setTimeout(() => resolve({ status: 'DOWN', reason: `no answer within ${withinMs} ms` }), withinMs);
  });
  const asked = ask().then(
    (warnings): PartHealth =>
      warnings === undefined || warnings.length === 0
        ? { status: 'UP' }
        : { status: 'WARN', reason: warnings.join(' ') },
    (error: unknown): PartHealth => ({
      status: 'DOWN',
      reason: error instanceof Error ? error.message : String(error),
    }),
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
};
