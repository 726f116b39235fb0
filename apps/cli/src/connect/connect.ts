import { createClient, type TandemClient } from '@tandem/client/client.ts';
import { usageError } from '../command-failure.ts';
import { loadConfig } from '../context/config-file.ts';
import { stackOfCheckout } from '../context/stack-of-checkout.ts';
import { type Target, targetOf } from '../context/target.ts';
import type { Io } from '../io/io.ts';
import { span } from '../output/units.ts';
import type { GlobalOptions } from '../program/global-options.ts';
import type { Host } from '../program/host.ts';
import { VERSION } from '../version.ts';
import { readKey } from './read-key.ts';

/** The Tandem that --context, environment, configuration and checkout name, in this order. */
export const findTarget = ({ context }: Pick<GlobalOptions, 'context'>, host: Host, io: Pick<Io, 'say'>): Target => {
  const { environment } = host;
  return targetOf({ context, environment, config: loadConfig(host, io.say), stack: stackOfCheckout(host) });
};

/** A client of that Tandem. Nothing is sent yet; the key is read once, when the first request needs it. */
export const connect = async (global: GlobalOptions, host: Host, io: Io): Promise<TandemClient> => {
  const target = findTarget(global, host, io);
  const { environment, userId } = host;
  const { key: source } = target;
  let key: Promise<string> | undefined;
  const credentials = () => (key ??= source && readKey(source, { environment, userId, warn: io.say }));
  const client = create(target, {
    insecure: global.insecure === true,
    headers: { 'User-Agent': `tandem-cli/${VERSION}` },
    ...(source === undefined ? {} : { credentials }),
    onRetry: ({ inMs }) => io.say(io.style.dim(`No usable response; trying again in ${span(inMs)}.`)),
  });
  return withSignal(client, io.signal);
};

type Options = Omit<Parameters<typeof createClient>[0], 'url'>;

const create = (target: Target, options: Options): TandemClient => {
  try {
    return createClient({ url: target.url, ...options });
  } catch (error) {
    if (error instanceof TypeError) throw usageError(`${error.message} It is from ${target.from}.`);
    throw error;
  }
};

/** Ctrl-C ends every request, and the waits between its retries. */
const withSignal = (client: TandemClient, signal: AbortSignal): TandemClient => {
  const bound = <Method extends (path: never, ...options: never[]) => unknown>(method: Method): Method => {
    const call = method as unknown as (path: unknown, options: object) => unknown;
    return ((path: unknown, options?: object) => call(path, { signal, ...options })) as unknown as Method;
  };
  return {
    ...client,
    get: bound(client.get),
    post: bound(client.post),
    put: bound(client.put),
    patch: bound(client.patch),
    delete: bound(client.delete),
  };
};
