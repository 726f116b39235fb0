import { hostname, userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { startSettings } from '@tandem/runtime/settings/start-settings.ts';
import { HISTORY_SETTINGS, openHistory, openOwner, REDIS_SETTINGS } from './compose.ts';

const USAGE = `npm run redis:adopt -- --reason "…" [--config FILE]

Makes the history of DATABASE_URL the owner of the keys in Redis below REDIS_PREFIX, instead of another one, and records that as an event. For a database
that was lost and re-created; see docs/disaster-recovery.md first. If another installation still uses the keys, set REDIS_PREFIX instead: its processes
end once the keys no longer belong to it.

Exit status 0: the keys belong to this history; 1: they could not be adopted.`;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const readReason = (reason: string | undefined): string => {
  const text = reason?.trim() ?? '';
  if (text === '') throw new Error('--reason is required; it is recorded in the event. Add --reason "…".');
  return text;
};

const adopt = async (reason: string, config: readonly string[]): Promise<void> => {
  const { settings } = startSettings([...HISTORY_SETTINGS, ...REDIS_SETTINGS], config);
  const history = openHistory(settings);
  const owner = openOwner(settings);
  const { historyId } = await history.readLine([]);
  const before = await owner.read();
  if (before === historyId)
    return say(`The keys in Redis already belong to this history (${historyId}): nothing to adopt.`);
  // first, so that there is no adoption without an event
  await history.appendEvents([
    {
      backupId: undefined,
      kind: 'redis.adopted',
      actor: { kind: 'system', name: `${userInfo().username}@${hostname()}` },
      source: 'command',
      reason,
      before: { historyId: before ?? null },
      after: { historyId, prefix: settings.redisPrefix },
    },
  ]);
  await owner.adopt(historyId);
  say(`The keys in Redis belonged to ${before ?? 'no history'}, and belong to ${historyId} now.`);
};

const run = async (): Promise<void> => {
  const options = {
    reason: { type: 'string' },
    config: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) return say(USAGE);
  await adopt(readReason(values.reason), values.config === undefined ? [] : ['--config', values.config]);
};

try {
  await run();
} catch (error) {
  process.stderr.write(`Not adopted. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
// Prisma's engine leaves a timer behind, and the connection to Redis stays open.
process.stdout.write('', () => process.exit());
