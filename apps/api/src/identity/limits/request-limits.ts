import type { SharedCounts } from '@tandem/queue/counts-port.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import { networkOf } from '@tandem/shared/domain/identity/network-of.ts';
import type { CallerLimits } from '../gate.ts';
import { describedActor, tooManyRequests } from '../refusals.ts';
import { isCounted } from './counted-routes.ts';
import { minuteCounter } from './minute-counter.ts';

export type RequestLimitsOptions = {
  /** Requests of a caller in a minute; 0: no limit. */
  readonly rateLimit: number;
  /** Requests of an address that fail with 401 in a minute; 0: no limit. */
  readonly authFailureLimit: number;
  readonly shared: SharedCounts;
};

export type RequestLimits = CallerLimits & { readonly close: () => void };

/**
 * How often a caller may send requests, and an address wrong credentials. Valid credentials are never refused for the wrong ones of others at the
 * same address. Rejects with TOO_MANY_REQUESTS.
 */
export const requestLimits = ({ rateLimit, authFailureLimit, shared }: RequestLimitsOptions): RequestLimits => {
  const requests = minuteCounter({ name: 'requests', shared });
  const failures = minuteCounter({ name: 'failures', shared });
  return {
    async accepted({ actor }, route) {
      if (rateLimit === 0 || !isCounted(route)) return;
      const { count, endsInMs } = await requests.add(counterKey(actor));
      if (count > rateLimit) throw tooManyRequests(capitalized(describedActor(actor)), rateLimit, seconds(endsInMs));
    },
    async failed(address) {
      if (authFailureLimit === 0) return;
      const network = networkOf(address);
      const { count, endsInMs } = await failures.add(network);
      if (count > authFailureLimit) throw tooManyFailures(network, authFailureLimit, seconds(endsInMs));
    },
    close() {
      requests.close();
      failures.close();
    },
  };
};

/** Ids of issuers may be equal. */
const counterKey = (actor: Actor): string => {
  switch (actor.kind) {
    case 'anonymous':
      return `address ${networkOf(actor.address)}`;
    case 'oidc':
      return `oidc ${actor.issuer} ${actor.id}`;
    case 'system':
      return `system ${actor.name}`;
    default:
      return `${actor.kind} ${actor.id}`;
  }
};

const tooManyFailures = (network: string, limit: number, retryAfterSeconds: number) =>
  fail(
    'TOO_MANY_REQUESTS',
    `More than ${limit} requests from ${network} had no valid credentials within a minute. Requests with valid ones are accepted as before.`,
    { retryAfterSeconds },
  );

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
