import { setTimeout as sleep } from 'node:timers/promises';
import { addressesIn } from '@tandem/shared/domain/address/address-list.ts';
import { type Failure, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { type Sleep, withTimeLimit } from '@tandem/shared/domain/time-limit.ts';
import type { AddressCheck, EngineSettings } from '../../connected-engine.ts';
import { asEngineFailure, type CallContext, type EngineCall, engineFailure } from '../failures/failure.ts';
import { askEngine, type Variants } from '../identity/ask-engine.ts';
import { type EngineIdentity, engineIdentity, type Found, givenIdentity } from '../identity/engine-identity.ts';
import { clusterUuidIn } from '../replies/cluster.ts';
import { ReplyInvalid } from '../reply-fields.ts';
import type { EngineVariant } from '../variant.ts';
import { isAway, isLeased, isRejected, isWrite, mayBeAnother } from './call-rules.ts';
import { clusterChanged } from './cluster-changed.ts';
import { deadlines, EndedEarly } from './deadline.ts';
import { checkAddresses } from './engine-address-check.ts';
import { engineAddresses } from './engine-addresses.ts';
import type { EngineClient } from './engine-client.ts';
import { engineCredentials } from './engine-credentials.ts';
import { engineAddress } from './engine-url.ts';
import type { EngineRequest, Reply } from './http-client.ts';
import { lazyClients, type Target } from './lazy-clients.ts';
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

/** `variant` undefined: it is not known yet what the engine is. */
type Calling = {
  readonly call: EngineCall;
  readonly signal: AbortSignal;
  readonly variant: EngineVariant | undefined;
};

const CLOSE_MS = 1_000;

const COMPARE_MS = 2_000;

/** How long a call waits for every node to say what it is; the rest of its time is for what it sends. */
const IDENTIFY_MS = 2_000;

/** `ended` aborts the request before its call ends. */
type Sender = (request: EngineRequest, ended?: AbortSignal) => Promise<Reply>;

const endedWith = (calling: Calling, ended: AbortSignal | undefined): Calling =>
  ended === undefined ? calling : { ...calling, signal: AbortSignal.any([calling.signal, ended]) };

const isVariant = (kinds: EngineVariant | Variants): kinds is EngineVariant => 'client' in kinds;

/** A successful read proves what answered. */
const requireOurs = (reply: Reply, request: EngineRequest, { variant }: Calling): Reply => {
  const why = isWrite(request) || reply.status >= 300 ? undefined : variant?.whyForeign(reply);
  if (why !== undefined) throw new ReplyInvalid(why);
  return reply;
};

/** Undefined: the engine is supported, or does not answer. */
const unsupportedWords = async (identity: EngineIdentity): Promise<string | undefined> => {
  const error: unknown = await identity.current(false).catch((reason: unknown) => reason);
  return isFailure(error, 'ENGINE_UNSUPPORTED') ? error.message : undefined;
};

/** How the engine is asked what it is. */
const asking = { call: 'info', variant: undefined } as const;

/**
 * `kinds`: what the engine is, or all that it may be; then it is asked. Throws a TypeError for a URL that does not parse. Connects with
 * the first call.
 */
export const engineTransport = (settings: EngineSettings, kinds: EngineVariant | Variants): EngineTransport => {
  const givenUrls = addressesIn(settings.url);
  const credentials = engineCredentials(givenUrls, settings, settings.readCredentials, settings.onUnreadable);
  const opened: EngineClient[] = [];
  const targets = givenUrls.map((given): Target => {
    const { url } = engineAddress(given, {});
    return { given, url, client: lazyClients(url, settings, opened) };
  });
  const limits = deadlines();
  const allUrls = targets.map(({ url }) => url).join(', ');
  const contextOf = (call: EngineCall, url = allUrls): CallContext => ({ call, url, secrets: credentials.secrets() });

  /** With the client of the last known kind; at first with one that talks to every kind. */
  const clientFor = ({ client }: Target, variant: EngineVariant | undefined): EngineClient =>
    client(variant ?? identity.last() ?? neutral);

  const sendTo = async (target: Target, original: EngineRequest, calling: Calling): Promise<Reply> => {
    const { given, url } = target;
    const { call, signal, variant } = calling;
    const client = clientFor(target, variant);
    const request = variant?.adapted(original) ?? original;
    const auth = credentials.of(given);
    const sending = { signal, context: contextOf(call, url) };
    if (isWrite(request) && isLeased(call)) requireSendable();
    try {
      return requireOurs(await client.send(request, auth, sending), request, calling);
    } catch (error) {
      const isOther = isRejected(error) && credentials.renew(given, auth);
      if (!isOther || request.method !== 'GET') throw error;
      const renewed = { signal, context: contextOf(call, url) };
      return requireOurs(await client.send(request, credentials.of(given), renewed), request, calling);
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
    const variant = identity.last();
    const request: EngineRequest = {
      method: 'GET',
      path: ['_cluster', 'state', 'version'],
      // the limit has a name of its own in each kind
      query: { ...(variant && { master_timeout: `${Math.round(limitMs * 0.8)}ms` }), filter_path: 'cluster_uuid' },
    };
    try {
      return await limits.within(limitMs, async (signal) =>
        clusterUuidIn((await sendTo(target, variant?.adapted(request) ?? request, { ...asking, signal })).body),
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
        sendTo(target, request, { ...calling, signal: AbortSignal.any([signal, ended]) }),
      );
    } catch (error) {
      throw translated(error, contextOf(call, target.url), limitMs);
    }
  };

  /** A call that changes or probes the engine uses one address only, which is compared right before. */
  const sendToOneOf = (outer: Calling): Sender => {
    const { call } = outer;
    const endsAt = performance.now() + settings.requestTimeoutMs;
    const isLeasedCall = isLeased(call);
    const tried = new Set<string>();
    const pick = async (last?: unknown): Promise<Target> => {
      const found = await addresses.next(tried, isLeasedCall);
      if (found === undefined) throw last ?? noneLeft(call);
      return found;
    };
    /** An address that hangs leaves time for the others. */
    const shareMs = (): number | undefined => {
      const left = addresses.left(tried);
      return left > 1 ? Math.max(1, Math.floor((endsAt - performance.now()) / left)) : undefined;
    };
    let current: Promise<Target> | undefined;
    return async (request, ended) => {
      const calling = endedWith(outer, ended);
      const { signal } = calling;
      for (;;) {
        current ??= pick();
        const picked = current;
        const target = await picked;
        const limitMs = !isLeasedCall && request.method === 'GET' ? shareMs() : undefined;
        try {
          return await sendWithin(limitMs, target, request, calling);
        } catch (error) {
          if (!isAway(error) && !signal.aborted) throw error;
          addresses.doubt(target.url);
          if (isLeasedCall || request.method !== 'GET' || signal.aborted) throw error;
          tried.add(target.url);
          if (current === picked) current = pick(error);
        }
      }
    };
  };

  const [only, ...others] = targets;
  const senderOf = (calling: Calling): Sender =>
    only !== undefined && others.length === 0
      ? (request, ended) => sendTo(only, request, endedWith(calling, ended))
      : sendToOneOf(calling);

  const ask = (kinds: Variants) => async (): Promise<Found> => {
    try {
      return await limits.within(settings.requestTimeoutMs, async (signal) => {
        const usesApiKey = givenUrls.some((url) => 'apiKey' in (credentials.of(url) ?? {}));
        const send = senderOf({ ...asking, signal });
        return askEngine({
          send,
          patienceMs: Math.min(IDENTIFY_MS, settings.requestTimeoutMs / 4),
          context: contextOf('info'),
          variants: kinds,
          usesApiKey,
          signs: settings.aws !== undefined,
        });
      });
    } catch (error) {
      throw translated(error, contextOf('info'), settings.requestTimeoutMs);
    }
  };

  const identity = isVariant(kinds) ? givenIdentity(kinds) : engineIdentity(ask(kinds), () => performance.now());
  const neutral = isVariant(kinds) ? kinds : kinds.opensearch;

  /** The engine is asked what it is right before a call that changes it, so that nothing is sent to another one. */
  const callOf = async (call: EngineCall, signal: AbortSignal): Promise<Send> => {
    const variant = await identity.current(isLeased(call));
    const send = senderOf({ call, signal, variant });
    return Object.assign(async (request: EngineRequest) => (await send(request)).body, { variant });
  };

  return {
    contextOf,
    async checkAddresses() {
      const check = await checkAddresses(others.length === 0 ? undefined : addresses);
      return { ...check, refusal: check.refusal ?? (await unsupportedWords(identity)) };
    },
    async run(call, work) {
      try {
        return await limits.within(settings.requestTimeoutMs, async (signal) => work(await callOf(call, signal)));
      } catch (error) {
        if (error instanceof Unsent) throw error.cause;
        const failure = translated(error, contextOf(call), settings.requestTimeoutMs);
        if (mayBeAnother(failure)) identity.doubt();
        throw failure;
      }
    },
    async close() {
      limits.closeAll();
      // it can wait forever for a connection whose certificate was refused
      const closed = Promise.all(opened.map((client) => client.close()));
      await withTimeLimit(sleepUnref, CLOSE_MS, closed, () => undefined);
    },
  };
};
