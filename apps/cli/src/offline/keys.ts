import { hostname, userInfo } from 'node:os';
import type { ApiKeyHistory, KeyCommand } from '@tandem/history/ports/api-keys.ts';
import { newApiKey } from '@tandem/runtime/identity/new-api-key.ts';
import { startSettings } from '@tandem/runtime/settings/start-settings.ts';
import { HISTORY_SETTINGS, openHistory } from './compose.ts';
import { keyTable } from './keys/key-table.ts';
import { type KeysCommand, KeysUsageError, readKeysArguments, USAGE } from './keys/keys-arguments.ts';

/** Keys go to standard output, so that they can be piped; everything else is a note on standard error. */
const out = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const note = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

type Command<Name extends KeysCommand['command']> = Extract<KeysCommand, { readonly command: Name }>;

const by = (reason: string | undefined): KeyCommand => ({
  actor: { kind: 'system', name: `${userInfo().username}@${hostname()}` },
  ...{ source: 'command', reason, requestId: undefined },
});

const create = async (history: ApiKeyHistory, { name, role, livesMs, reason }: Command<'create'>): Promise<void> => {
  const { key, ...material } = newApiKey();
  const created = await history.createApiKey({ ...material, name, role, livesMs }, by(reason));
  if (created === undefined)
    throw new Error(`A live key is called ${name}: revoke it (npm run keys -- list), or choose another name.`);
  const ends =
    created.expiresAt === undefined ? 'It does not expire' : `It expires at ${created.expiresAt.toISOString()}`;
  note(`Created key ${name} (${created.id}) with the role ${role}. ${ends}. It is stored nowhere: keep it now.`);
  out(key);
};

const LISTED = 10_000;

const list = async (history: ApiKeyHistory, { ended }: Command<'list'>): Promise<void> => {
  const keys = await history.listApiKeys({ ended }, LISTED);
  if (keys.length === 0) return note(ended ? 'There are no keys.' : 'There are no live keys.');
  out(keyTable(keys));
};

const revoke = async (history: ApiKeyHistory, { id, reason }: Command<'revoke'>): Promise<void> => {
  const revocation = await history.revokeApiKey(id, true, by(reason));
  if (!revocation.revoked) throw new Error(`There is no key ${id}: npm run keys -- list --ended shows all.`);
  const { name, revokedAt } = revocation.key;
  note(`Key ${name} (${id}) is revoked since ${revokedAt?.toISOString()}. Running APIs refuse it within 10 s.`);
  const { live } = await history.liveApiKeys();
  if (!live.some(({ role }) => role === 'admin'))
    note('No admin key lives now: npm run keys -- create --role admin --name NAME creates one.');
};

const run = async (given: KeysCommand): Promise<void> => {
  if (given.command === 'help') return out(USAGE);
  if (given.command === 'generate') return out(newApiKey().key);
  const history = openHistory(startSettings([...HISTORY_SETTINGS], given.config).settings);
  if (given.command === 'create') await create(history, given);
  else if (given.command === 'list') await list(history, given);
  else await revoke(history, given);
  await history.close();
};

try {
  await run(readKeysArguments(process.argv.slice(2)));
} catch (error) {
  const isUsage = error instanceof KeysUsageError;
  note(
    isUsage ? `${error.message} See --help.` : `Not done. ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = isUsage ? 2 : 1;
}
// Prisma's engine leaves a timer behind; all output is written before the process ends.
process.stdout.write('', () => process.exit());
