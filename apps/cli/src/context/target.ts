import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { usageError } from '../command-failure.ts';
import { type Config, type Context, contextOf, type KeySource } from './config.ts';
import type { RunningStack } from './stack-of-checkout.ts';

/** The Tandem that a command talks to. */
export type Target = Context & {
  /** Where that was found, in words. */
  readonly from: string;
};

export type Sources = {
  /** --context */
  readonly context: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly config: Config;
  readonly stack: RunningStack | undefined;
};

/**
 * The first of: the context of --context, and then nothing of the environment; TANDEM_URL, and then no context; the current context; the stack that runs in
 * this checkout. Key, CA and client certificate of the environment replace those of the current context, never of one that --context names; and the key
 * of a context is only ever sent to the URL of that context.
 */
export const targetOf = ({ context, environment, config, stack }: Sources): Target => {
  if (context !== undefined) return named(config, context);
  const given = fromEnvironment(environment);
  const url = environment.TANDEM_URL;
  if (url) return { url, ...given, from: 'TANDEM_URL' };
  if (config.current !== undefined) return { ...named(config, config.current), ...given };
  if (stack !== undefined) return { url: stack.apiUrl, ...given, from: `the running stack of ${stack.file}` };
  throw usageError(
    'There is no Tandem to talk to: no context, no TANDEM_URL, and no stack runs in this checkout.',
    'Add one: tandem context set NAME --url https://tandem.example.com --key-file FILE',
  );
};

const named = (config: Config, name: string): Target => {
  const context = contextOf(config, name);
  if (context !== undefined) return { ...context, from: `context ${name}` };
  const names = Object.keys(config.contexts);
  throw usageError(
    `There is no context ${name}.`,
    names.length === 0 ? 'There are none yet: tandem context set NAME --url URL' : `There are: ${names.join(', ')}.`,
  );
};

const fromEnvironment = (environment: Sources['environment']): Partial<Context> => {
  const key = keyFromEnvironment(environment);
  const files = {
    caFile: environment.TANDEM_CA_FILE,
    clientCertFile: environment.TANDEM_CLIENT_CERT_FILE,
    clientKeyFile: environment.TANDEM_CLIENT_KEY_FILE,
  };
  const given = Object.entries(files).filter(([, file]) => Boolean(file));
  return { ...omitUndefined({ key }), ...Object.fromEntries(given) };
};

const keyFromEnvironment = ({
  TANDEM_API_KEY: key,
  TANDEM_API_KEY_FILE: file,
}: Sources['environment']): KeySource | undefined => {
  if (key && file) throw usageError('TANDEM_API_KEY and TANDEM_API_KEY_FILE are both set.', 'Unset one of them.');
  if (key) return { environment: 'TANDEM_API_KEY' };
  return file ? { file } : undefined;
};
