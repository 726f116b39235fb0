import { loadConfig } from '../context/config-file.ts';
import { stackOfCheckout } from '../context/stack-of-checkout.ts';
import { type Target, targetOf } from '../context/target.ts';
import type { Io } from '../io/io.ts';
import type { GlobalOptions } from '../program/global-options.ts';
import type { Host } from '../program/host.ts';

/** The Tandem that --context, environment, configuration and checkout name, in this order. */
export const findTarget = ({ context }: Pick<GlobalOptions, 'context'>, host: Host, io: Pick<Io, 'say'>): Target => {
  const { environment } = host;
  return targetOf({ context, environment, config: loadConfig(host, io.say), stack: stackOfCheckout(host) });
};
