import { parseArgs } from 'node:util';
import { milliseconds, parseDuration } from '@tandem/shared/domain/duration.ts';
import { API_KEY_ID } from '@tandem/shared/domain/identity/api-key.ts';
import { API_KEY_NAME_RULE, isApiKeyName } from '@tandem/shared/domain/identity/api-key-name.ts';
import { ROLES, type Role } from '@tandem/shared/domain/identity/role.ts';

export const USAGE = `npm run keys -- create --role ROLE --name NAME [--expires 90d] [--reason "…"]
npm run keys -- list [--ended]
npm run keys -- revoke ID [--reason "…"]
npm run keys -- generate

Manages the API keys in DATABASE_URL, also while no API runs: the first admin key comes from here. ROLE is viewer, operator, restorer or admin.

  create    prints the key, which is stored nowhere and never shown again
  list      prints the live keys; --ended: those that have expired or were revoked, too
  revoke    ends a key, also the last admin key; running APIs refuse it within 10 s
  generate  prints a key without a database, for the file that BOOTSTRAP_ADMIN_KEY_FILE names

All but generate take --config FILE. npm prints lines of its own before the key, unless it is silent: npm run --silent keys -- create …

Exit status 0: done; 1: it could not be done; 2: wrong usage.`;

type OnDatabase = {
  readonly reason: string | undefined /** As the settings take it. */;
  readonly config: readonly string[];
};

export type KeysCommand =
  | ({
      readonly command: 'create';
      readonly name: string;
      readonly role: Role;
      /** Undefined: it does not expire. */
      readonly livesMs: number | undefined;
    } & OnDatabase)
  | ({ readonly command: 'list'; readonly ended: boolean } & Pick<OnDatabase, 'config'>)
  | ({ readonly command: 'revoke'; readonly id: string } & OnDatabase)
  | { readonly command: 'generate' }
  | { readonly command: 'help' };

/** The message says what is wrong with the arguments. */
export class KeysUsageError extends Error {
  override readonly name = 'KeysUsageError';
}

const options = {
  role: { type: 'string' },
  name: { type: 'string' },
  expires: { type: 'string' },
  reason: { type: 'string' },
  ended: { type: 'boolean' },
  config: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const TAKES: Readonly<Record<string, readonly string[]>> = {
  create: ['role', 'name', 'expires', 'reason', 'config'],
  list: ['ended', 'config'],
  revoke: ['reason', 'config'],
  generate: [],
};

/** Throws KeysUsageError. */
export const readKeysArguments = (args: readonly string[]): KeysCommand => {
  const { values, positionals } = parsed(args);
  if (values.help) return { command: 'help' };
  const [command = '', ...operands] = positionals;
  const takes = Object.hasOwn(TAKES, command) ? TAKES[command] : undefined;
  if (takes === undefined)
    throw new KeysUsageError(`The command is create, list, revoke or generate, found "${command}".`);
  const other = Object.keys(values).find((option) => !takes.includes(option));
  if (other !== undefined) throw new KeysUsageError(`${command} has no option --${other}.`);
  const config = values.config === undefined ? [] : ['--config', values.config];
  const on = { reason: reasonIn(values.reason), config };
  if (command === 'revoke') return { command, id: idIn(operands), ...on };
  if (operands.length > 0)
    throw new KeysUsageError(`${command} takes options only, found ${operands.length} other arguments.`);
  if (command === 'create') return { command, ...newKey(values), ...on };
  return command === 'list' ? { command, ended: values.ended === true, config } : { command: 'generate' };
};

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    throw new KeysUsageError((error as Error).message);
  }
};

const reasonIn = (reason: string | undefined): string | undefined => {
  const text = reason?.trim();
  if (text === '') throw new KeysUsageError('--reason is empty.');
  return text;
};

/** What was given is not repeated: it may be a key. */
const idIn = ([id, ...more]: readonly string[]): string => {
  if (id === undefined || more.length > 0 || !API_KEY_ID.test(id))
    throw new KeysUsageError('revoke takes the id of a key, such as tdm_4f9a2c7b, without its secret.');
  return id;
};

type NewKeyValues = { readonly name?: string; readonly role?: string; readonly expires?: string };

const newKey = ({ name = '', role, expires }: NewKeyValues) => {
  const known = ROLES.find((one) => one === role);
  if (known === undefined) throw new KeysUsageError(`--role must be one of ${ROLES.join(', ')}.`);
  if (!isApiKeyName(name)) throw new KeysUsageError(`--name ${API_KEY_NAME_RULE}.`);
  return { name, role: known, livesMs: expires === undefined ? undefined : lifetime(expires) };
};

const lifetime = (expires: string): number => {
  const livesMs = parseDuration(expires);
  if (livesMs !== undefined && livesMs >= milliseconds('1m') && livesMs <= milliseconds('3650d')) return livesMs;
  throw new KeysUsageError('--expires must be a time such as 90d, 24h or 30m, from 1m to 3650d.');
};
