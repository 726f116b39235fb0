import { createClient, type TandemClient } from '@tandem/client/client.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { usageError } from '../command-failure.ts';
import type { Target } from '../context/target.ts';
import type { Io } from '../io/io.ts';
import { span } from '../output/units.ts';
import type { GlobalOptions } from '../program/global-options.ts';
import type { Host } from '../program/host.ts';
import { VERSION } from '../version.ts';
import { findTarget } from './find-target.ts';
import { readKey } from './read-key.ts';
import { trustedFetch } from './trusted-fetch.ts';

/** A client of that Tandem. Nothing is sent yet; the key is read once, when the first request needs it. */
export const connect = async (global: GlobalOptions, host: Host, io: Io): Promise<TandemClient> => {
  const target = findTarget(global, host, io);
  const { environment, userId } = host;
  const { key: source } = target;
  let key: Promise<string> | undefined;
  const credentials = () => (key ??= source && readKey(source, { environment, userId, warn: io.say }));
  const fetch = await trustedFetch(target);
  const client = create(target, {
    ...omitUndefined({ fetch, credentials: source && credentials }),
    insecure: global.insecure === true,
    headers: { 'User-Agent': `tandem-cli/${VERSION}` },
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
