import { apiKeyFinding } from '@tandem/shared/domain/doctor/api-key-findings.ts';
import { clockFinding } from '@tandem/shared/domain/doctor/clock-findings.ts';
import type { ClockReading, DatabaseFacts, RedisFacts } from '@tandem/shared/domain/doctor/facts.ts';
import { postgresqlFindings } from '@tandem/shared/domain/doctor/postgresql-findings.ts';
import { redisFindings, redisOwnerFinding } from '@tandem/shared/domain/doctor/redis-findings.ts';
import { rollbackFinding, workerFinding } from '@tandem/shared/domain/doctor/tandem-findings.ts';
import type { CheckRun, Server } from './perform.ts';
import type { DoctorHistorySource, DoctorRedis, DoctorSources } from './sources.ts';

type Timed<Facts> = { readonly facts: Facts; readonly at: Date; readonly uncertaintyMs: number };

/** What was read, and when on our clock. */
export const timed = async <Facts>(now: () => Date, read: () => Promise<Facts>): Promise<Timed<Facts>> => {
  const before = now().getTime();
  const facts = await read();
  const tookMs = now().getTime() - before;
  return { facts, at: new Date(before + tookMs / 2), uncertaintyMs: tookMs / 2 };
};

export const reading = (
  server: string,
  clock: Date | undefined,
  { at, uncertaintyMs }: Omit<Timed<unknown>, 'facts'>,
): readonly ClockReading[] => (clock === undefined ? [] : [{ server, clock, at, uncertaintyMs }]);

export const postgresqlServer = (
  { now, workerSeenWithinMs }: DoctorSources,
  history: DoctorHistorySource,
): Server<Timed<DatabaseFacts>> => ({
  check: 'postgresql',
  name: 'PostgreSQL',
  remedy: 'Check DATABASE_URL, and that PostgreSQL runs and can be reached from this machine.',
  read: () => timed(now, () => history.inspectDatabase()),
  evaluate: (read) => [
    ...postgresqlFindings(read.facts),
    clockFinding('postgresql-clock', reading('PostgreSQL', read.facts.clock, read)),
  ],
  dependents: [
    ...(['postgresql-writable', 'postgresql-migrations', 'postgresql-rights', 'postgresql-clock'] as const),
    ...(['history-rollback', 'worker', 'api-keys'] as const),
  ],
  further: () => [
    {
      checks: ['history-rollback', 'worker'],
      run: async () => {
        const line = await history.readLine([]);
        return [rollbackFinding(line), workerFinding(line, workerSeenWithinMs)];
      },
    },
    { checks: ['api-keys'], run: async () => [await apiKeys(history, now())] },
  ],
});

const MAX_KEYS = 10_000;

const apiKeys = async (history: DoctorHistorySource, now: Date) => {
  const live = await history.listApiKeys({ ended: false }, MAX_KEYS);
  const any = live.length > 0 || (await history.listApiKeys({ ended: true }, 1)).length > 0;
  const facts = live.map((key) => ({ ...key, isReplaced: key.replacedBy !== undefined }));
  return apiKeyFinding(facts, any, now);
};

const ownerRun = (redis: DoctorRedis, history: DoctorHistorySource | undefined): CheckRun => ({
  checks: ['redis-owner'],
  run: async () => {
    if (history === undefined) throw new Error('PostgreSQL cannot be asked for the id of the history.');
    const [owner, { historyId }] = await Promise.all([redis.owner(), history.readLine([])]);
    return [redisOwnerFinding(owner, historyId, redis.prefix)];
  },
});

export const redisServer = ({ now, history }: DoctorSources, redis: DoctorRedis): Server<Timed<RedisFacts>> => ({
  check: 'redis',
  name: 'Redis',
  remedy: 'Check REDIS_URL, and that Redis runs and can be reached from this machine.',
  read: () => timed(now, redis.inspect),
  evaluate: (read) => [
    ...redisFindings(read.facts),
    clockFinding('redis-clock', reading('Redis', read.facts.clock, read)),
  ],
  dependents: [
    ...(['redis-permissions', 'redis-eviction', 'redis-persistence', 'redis-memory'] as const),
    ...(['redis-owner', 'redis-clock'] as const),
  ],
  further: () => [ownerRun(redis, history)],
});
