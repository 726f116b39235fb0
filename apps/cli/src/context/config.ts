import { usageError } from '../command-failure.ts';

/** Where a key comes from. None of these is the key itself, so that a configuration holds no secret. */
export type KeySource =
  | { readonly file: string }
  /** The name of an environment variable. */
  | { readonly environment: string }
  /** Run by the shell of the system; its first line is the key. */
  | { readonly command: string };

/** How to reach one Tandem. Files are absolute paths. */
export type Context = {
  readonly url: string;
  readonly key?: KeySource;
  readonly caFile?: string;
  readonly clientCertFile?: string;
  readonly clientKeyFile?: string;
};

export type Config = { readonly current?: string; readonly contexts: Readonly<Record<string, Context>> };

export const EMPTY_CONFIG: Config = { contexts: {} };

/** Never what every object has, such as `constructor`. */
export const contextOf = ({ contexts }: Config, name: string): Context | undefined =>
  Object.hasOwn(contexts, name) ? contexts[name] : undefined;

const KEY_SOURCES = ['file', 'environment', 'command'] as const;
const FILES = ['caFile', 'clientCertFile', 'clientKeyFile'] as const;

type Fields = Readonly<Record<string, unknown>>;
type Wrong = (where: string, rule: string) => never;

/** The configuration that a parsed file holds. Throws a usage error that names the file and the field. */
export const readConfig = (content: unknown, file: string): Config => {
  const wrong: Wrong = (where, rule) => {
    throw usageError(`${file}: ${where} ${rule}.`, 'Edit the file, or write it with: tandem context set');
  };
  if (content === null || content === undefined) return EMPTY_CONFIG;
  const { current, contexts } = fieldsOf(content, 'the file', ['current', 'contexts'], wrong);
  const named = contexts === undefined || contexts === null ? {} : fieldsOf(contexts, 'contexts', undefined, wrong);
  return {
    ...(current === undefined ? {} : { current: asText(current, 'current', wrong) }),
    contexts: Object.fromEntries(
      Object.entries(named).map(([name, context]) => [name, readContext(context, `contexts.${name}`, wrong)]),
    ),
  };
};

const readContext = (content: unknown, where: string, wrong: Wrong): Context => {
  const found = fieldsOf(content, where, ['url', 'key', ...FILES], wrong);
  const files = FILES.filter((name) => found[name] !== undefined).map((name) => [
    name,
    asText(found[name], `${where}.${name}`, wrong),
  ]);
  return {
    url: asText(found.url, `${where}.url`, wrong),
    ...(found.key === undefined ? {} : { key: readKey(found.key, `${where}.key`, wrong) }),
    ...Object.fromEntries(files),
  };
};

const readKey = (content: unknown, where: string, wrong: Wrong): KeySource => {
  if (typeof content === 'string')
    wrong(where, 'must not be the key itself: name a file, an environment variable or a command');
  const found = fieldsOf(content, where, KEY_SOURCES, wrong);
  const [kind, ...others] = KEY_SOURCES.filter((name) => found[name] !== undefined);
  if (kind === undefined || others.length > 0) return wrong(where, `must have one of ${KEY_SOURCES.join(', ')}`);
  return { [kind]: asText(found[kind], `${where}.${kind}`, wrong) } as KeySource;
};

const fieldsOf = (content: unknown, where: string, known: readonly string[] | undefined, wrong: Wrong): Fields => {
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return wrong(where, 'must be a mapping');
  const unknown = Object.keys(content).find((name) => known !== undefined && !known.includes(name));
  if (unknown !== undefined) wrong(where, `has no field ${unknown}; it may have ${known?.join(', ')}`);
  return content as Fields;
};

const asText = (value: unknown, where: string, wrong: Wrong): string =>
  typeof value === 'string' && value !== '' ? value : wrong(where, 'must be a text');
