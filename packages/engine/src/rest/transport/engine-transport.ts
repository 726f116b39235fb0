import { setTimeout as sleep } from 'node:timers/promises';
import { addressesIn } from '@tandem/shared/domain/address/address-list.ts';
import { type Failure, fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { type Sleep, withTimeLimit } from '@tandem/shared/domain/time-limit.ts';
import { LEASED_CALLS } from '../../calls-port.ts';
import type { AddressCheck, EngineSettings } from '../../connected-engine.ts';
import { asEngineFailure, type CallContext, type EngineCall, engineFailure } from '../failures/failure.ts';
import { clusterUuidIn } from '../replies/cluster.ts';
import type { EngineVariant } from '../variant.ts';
import { deadlines, EndedEarly } from './deadline.ts';
import { checkAddresses } from './engine-address-check.ts';
import { type EngineAddresses, engineAddresses } from './engine-addresses.ts';
import { type EngineClient, engineClient } from './engine-client.ts';
import { engineCredentials } from './engine-credentials.ts';
import { engineAddress } from './engine-url.ts';
import type { EngineRequest } from './http-client.ts';
import { requireSendable, Unsent } from './unsent.ts';

/** Sends one request of a call and resolves with the body of its reply. */
export type Send = ((request: EngineRequest) => Promise<unknown>) & {
  /** How the engine that it sends to differs from the others. */
  readonly variant: EngineVariant;
};

export type EngineTransport = {
  /** Runs one method of the port: one deadline for all it sends, every rejection a Failure. */
  run<T>(call: EngineCall, work: (send: Send) => Promise<T>): Promise<T>;
  contextOf(call: EngineCall): CallContext;
  checkAddresses(): Promise<AddressCheck>;
  close(): Promise<void>;
};

/** Keeps no process alive. */
const sleepUnref: Sleep = (ms, value, options) => sleep(ms, value, { ...options, ref: false });

type Target = { readonly url: string; readonly given: string; readonly client: EngineClient };

type Calling = { readonly call: EngineCall; readonly signal: AbortSignal };

const CLOSE_MS = 1_000;

const COMPARE_MS = 2_000;

/** Another address may still answer. */
const isAway = (error: unknown): boolean =>
  isFailure(error, 'ENGINE_UNREACHABLE') ||
  isFailure(error, 'ENGINE_TIMEOUT') ||
  (isFailure(error, 'ENGINE_BUSY') && [502, 503, 504].includes(Number(error.data.status)));

const isRejected = (error: unknown): boolean => isFailure(error, 'ENGINE_FORBIDDEN') && error.data.status === 401;

type Elsewhere = NonNullable<ReturnType<EngineAddresses<Target>['elsewhere']>>;

const clusterChanged = (call: EngineCall, reason: string, { expected, found }: Elsewhere): Failure => {
  const what =
    expected === undefined ? 'several clusters, and none is recorded' : `another cluster than the recorded ${expected}`;
  const remedy = `List addresses of ${expected === undefined ? 'one cluster' : 'that cluster'} that answer.`;
  const data = { call, reason, found: found.join(', '), ...omitUndefined({ expected }) };
  return fail('CLUSTER_CHANGED', `The engine's addresses lead to ${what}: ${reason}. ${remedy}`, data);
};

/** Throws a TypeError for a URL that does not parse. Connects with the first call. */
export const engineTransport = (settings: EngineSettings, variant: EngineVariant): EngineTransport => {
  const givenUrls = addressesIn(settings.url);
  const credentials = engineCredentials(givenUrls, settings, settings.readCredentials, settings.onUnreadable);
  const targets = givenUrls.map((given): Target => {
    const { url } = engineAddress(given, {});
    return { given, url, client: engineClient(variant.client(url, settings)) };
  });
  const limits = deadlines();
  const allUrls = targets.map(({ url }) => url).join(', ');
  const contextOf = (call: EngineCall, url = allUrls): CallContext => ({ call, url, secrets: credentials.secrets() });

  const sendTo = async ({ given, url, client }: Target, request: EngineRequest, calling: Calling): Promise<unknown> => {
    const auth = credentials.of(given);
    const sending = { ...calling, context: contextOf(calling.call, url) };
    try {
      return (await client.send(request, auth, sending)).body;
    } catch (error) {
      const isOther = isRejected(error) && credentials.renew(given, auth);
      if (!isOther || request.method !== 'GET') throw error;
      const renewed = { ...sending, context: contextOf(calling.call, url) };
      return (await client.send(request, credentials.of(given), renewed)).body;
    }
  };

  const translated = (error: unknown, context: CallContext, limitMs: number) => {
    if (!(error instanceof EndedEarly)) return asEngineFailure(error, context);
    return error.ended === 'deadline'
      ? engineFailure('ENGINE_TIMEOUT', context, { reason: `no answer within ${limitMs} ms` })
      : engineFailure('ENGINE_UNREACHABLE', context, { reason: 'Tandem has closed its connections' });
  };

  const clusterAt = async (target: Target): Promise<string> => {
    const limitMs = Math.min(COMPARE_MS, settings.requestTimeoutMs / 2);
    const query = { master_timeout: `${Math.round(limitMs * 0.8)}ms`, filter_path: 'cluster_uuid' };
    const request = { method: 'GET', path: ['_cluster', 'state', 'version'], query } as const;
    try {
      return await limits.within(limitMs, async (signal) =>
        clusterUuidIn(await sendTo(target, request, { call: 'info', signal })),
      );
    } catch (error) {
      throw translated(error, contextOf('info', target.url), limitMs);
    }
  };

  const addresses = engineAddresses({
    targets,
    clusterAt,
    recordedCluster: settings.recordedCluster ?? (async () => undefined),
    now: () => performance.now(),
  });

  const noneLeft = (call: EngineCall): Failure => {
    const refused = addresses.refusals().map((of) => `${of.url} ${of.reason}`);
    const reason = refused.join('; ');
    const elsewhere = addresses.elsewhere();
    if (elsewhere !== undefined) return clusterChanged(call, reason, elsewhere);
    const failure = addresses.failure();
    if (failure !== undefined && !['ENGINE_UNREACHABLE', 'ENGINE_TIMEOUT'].includes(failure.code)) return failure;
    return engineFailure('ENGINE_UNREACHABLE', contextOf(call), { reason });
  };

  /** `limitMs` undefined: only the limit of the complete method applies. */
  const sendWithin = async (limitMs: number | undefined, target: Target, request: EngineRequest, calling: Calling) => {
    if (limitMs === undefined) return sendTo(target, request, calling);
    const { call, signal } = calling;
    try {
      return await limits.within(limitMs, (ended) =>
        sendTo(target, request, { call, signal: AbortSignal.any([signal, ended]) }),
      );
    } catch (error) {
      throw translated(error, contextOf(call, target.url), limitMs);
    }
  };

  /** A call that changes or probes the engine uses one address only, which is compared right before. */
  const sendToOneOf = ({ call, signal }: Calling) => {
    const endsAt = performance.now() + settings.requestTimeoutMs;
    const isLeased = LEASED_CALLS.some((leased) => leased === call);
    const tried = new Set<string>();
    const pick = async (last?: unknown): Promise<Target> => {
      const found = await addresses.next(tried, isLeased);
      if (found === undefined) throw last ?? noneLeft(call);
      return found;
    };
    /** An address that hangs leaves time for the others. */
    const shareMs = (): number | undefined => {
      const left = addresses.left(tried);
      return left > 1 ? Math.max(1, Math.floor((endsAt - performance.now()) / left)) : undefined;
    };
    let current: Promise<Target> | undefined;
    return async (request: EngineRequest): Promise<unknown> => {
      for (;;) {
        current ??= pick();
        const picked = current;
        const target = await picked;
        // the comparison took part of the time
        if (isLeased && request.method !== 'GET') requireSendable();
        const limitMs = !isLeased && request.method === 'GET' ? shareMs() : undefined;
        try {
          return await sendWithin(limitMs, target, request, { call, signal });
        } catch (error) {
          if (!isAway(error) && !signal.aborted) throw error;
          addresses.doubt(target.url);
          if (isLeased || request.method !== 'GET' || signal.aborted) throw error;
          tried.add(target.url);
          if (current === picked) current = pick(error);
        }
      }
    };
  };

  const [only, ...others] = targets;
  const senderOf = (calling: Calling): Send => {
    const sendToOnly = only !== undefined && others.length === 0 ? only : undefined;
    const send =
      sendToOnly === undefined
        ? sendToOneOf(calling)
        : (request: EngineRequest) => sendTo(sendToOnly, request, calling);
    return Object.assign(send, { variant });
  };

  return {
    contextOf,
    checkAddresses: () => checkAddresses(others.length === 0 ? undefined : addresses),
    async run(call, work) {
      try {
        return await limits.within(settings.requestTimeoutMs, (signal) => work(senderOf({ call, signal })));
      } catch (error) {
        if (error instanceof Unsent) throw error.cause;
        throw translated(error, contextOf(call), settings.requestTimeoutMs);
      }
    },
    async close() {
      limits.closeAll();
      // it can wait forever for a connection whose certificate was refused
      const closed = Promise.all(targets.map(({ client }) => client.close()));
      await withTimeLimit(sleepUnref, CLOSE_MS, closed, () => undefined);
    },
  };
};
