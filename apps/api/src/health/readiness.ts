import type { SearchEngine } from '@tandem/engine/port.ts';
import type { History } from '@tandem/history/port.ts';
import type { JobQueue } from '@tandem/queue/port.ts';

export type PartHealth = { readonly status: 'UP' | 'WARN' | 'DOWN'; readonly reason?: string };

export type Readiness = {
  readonly status: 'UP' | 'DEGRADED' | 'DOWN';
  readonly components: Readonly<Record<'postgresql' | 'redis' | 'engine' | 'repository', PartHealth>>;
};

export type ReadinessSources = {
  readonly history: History;
  readonly queue: JobQueue;
  readonly engine: SearchEngine;
  readonly repository: string | undefined;
  /** Longest wait for any of them. */
  readonly withinMs: number;
};

/** Asks PostgreSQL, Redis, the engine and the repository at once. Never rejects. */
export const readReadiness = (sources: ReadinessSources) => async (): Promise<Readiness> => {
  const { history, queue, engine, repository, withinMs } = sources;
  const [postgresql, redis, engineHealth, repositoryHealth] = await Promise.all([
    health(withinMs, async () => void (await history.check())),
    health(withinMs, async () => (await queue.health()).warnings),
    health(withinMs, async () => void (await engine.info())),
    repository === undefined
      ? { status: 'DOWN' as const, reason: 'CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME is not set' }
      : health(withinMs, async () => void (await engine.readRepository(repository))),
  ]);
  const components = { postgresql, redis, engine: engineHealth, repository: repositoryHealth };
  return { status: overall(components), components };
};

const overall = (components: Readiness['components']): Readiness['status'] => {
  if (components.postgresql.status === 'DOWN') return 'DOWN';
  return Object.values(components).some(({ status }) => status === 'DOWN') ? 'DEGRADED' : 'UP';
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
