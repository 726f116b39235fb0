import { nameList } from '../name-list.ts';
import type { RedisFacts } from './facts.ts';
import { type Finding, failed, notKnown, ok, warn } from './finding.ts';

/** Redis, 6.2 or newer (docs/settings.md). */
const OLDEST = [6, 2] as const;

/** Version, permissions, eviction, persistence and memory. */
export const redisFindings = (facts: RedisFacts): readonly Finding[] => [
  version(facts),
  permissions(facts),
  eviction(facts),
  persistence(facts),
  memory(facts),
];

const isTooOld = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
};

const version = ({ version: found, role }: RedisFacts): Finding => {
  const evidence = { version: found ?? '', role: role ?? '' };
  if (role === 'slave')
    return failed('redis', 'REDIS_URL leads to a replica.', 'Use the address of the primary.', evidence);
  if (found === undefined) return ok('redis', 'Responds; it does not report its version.', evidence);
  return isTooOld(found)
    ? failed('redis', `Redis ${found} is too old.`, `Upgrade it to ${OLDEST.join('.')} or newer.`, evidence)
    : ok('redis', `Redis ${found}.`, evidence);
};

const permissions = ({ refusedCommands: refused }: RedisFacts): Finding => {
  const commands = refused.map(({ command }) => command.toUpperCase());
  if (commands.length === 0) return ok('redis-permissions', 'The user may send every command that the queue needs.');
  return failed(
    'redis-permissions',
    `Redis does not permit: ${nameList(commands)}.`,
    'Grant them to the user of REDIS_URL; docs/operations.md has the complete ACL rule.',
    { commands },
  );
};

const NOEVICTION = 'Run CONFIG SET maxmemory-policy noeviction, and set it in redis.conf or at the managed service.';

/** `volatile-*` evicts only keys that expire, which the queue can lose. */
const eviction = ({ evictionPolicy: policy }: RedisFacts): Finding => {
  if (policy === undefined)
    return notKnown('redis-eviction', 'Redis does not report its eviction policy.', 'Check that it is noeviction.');
  const evidence = { policy };
  if (policy === 'noeviction') return ok('redis-eviction', 'Evicts no keys (noeviction).', evidence);
  if (policy.startsWith('volatile-'))
    return warn('redis-eviction', `maxmemory-policy is ${policy}, not noeviction.`, NOEVICTION, evidence);
  return failed(
    'redis-eviction',
    `Redis evicts keys when its memory is full and would lose jobs (maxmemory-policy ${policy}).`,
    NOEVICTION,
    evidence,
  );
};

const persistence = ({ appendOnly, savePoints }: RedisFacts): Finding => {
  const evidence = { appendOnly: appendOnly ?? 'not known', savePoints: savePoints ?? 'not known' };
  if (appendOnly === true) return ok('redis-persistence', 'Keeps the queue on disk (appendonly).', evidence);
  if (appendOnly === undefined || savePoints === undefined)
    return notKnown(
      'redis-persistence',
      'Redis does not report whether it keeps the queue on disk.',
      'Grant +config|get, or check appendonly at the managed service.',
      evidence,
    );
  if (savePoints !== '') return ok('redis-persistence', 'Keeps the queue on disk (save points).', evidence);
  return warn(
    'redis-persistence',
    'Redis keeps nothing on disk: after a restart jobs are late until the sweep finds them.',
    'Set appendonly yes.',
    evidence,
  );
};

/** From here on memory is short. */
const FULL = 0.9;

const memory = ({ usedBytes: used, maxBytes: max }: RedisFacts): Finding => {
  if (used === undefined || max === undefined)
    return notKnown('redis-memory', 'Redis does not report its memory.', undefined);
  const evidence = { usedBytes: used, maxBytes: max };
  if (max === 0) return ok('redis-memory', 'Its memory has no limit (maxmemory 0).', evidence);
  const share = `${Math.round((used / max) * 100)} %`;
  return used / max < FULL
    ? ok('redis-memory', `Uses ${share} of maxmemory.`, evidence)
    : warn(
        'redis-memory',
        `Redis uses ${share} of maxmemory.`,
        'Raise maxmemory, or move other data elsewhere.',
        evidence,
      );
};

/** Whose the keys below the prefix are. */
export const redisOwnerFinding = (owner: string | undefined, historyId: string, prefix: string): Finding => {
  const evidence = { owner: owner ?? '', historyId, prefix };
  if (owner === undefined)
    return ok(
      'redis-owner',
      `No history owns the keys below ${prefix} yet; the API or a worker claims them.`,
      evidence,
    );
  if (owner === historyId) return ok('redis-owner', `The keys below ${prefix} belong to this history.`, evidence);
  return failed(
    'redis-owner',
    `The keys below ${prefix} belong to another history, ${owner}.`,
    'Set another REDIS_PREFIX; if that history is gone for good: npm run redis:adopt -- --reason "…".',
    evidence,
  );
};
