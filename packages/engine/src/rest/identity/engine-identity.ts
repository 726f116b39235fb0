import type { EngineVariant } from '../variant.ts';

/** What an engine was found to be: how it is called, or the failure of every call to it. */
export type Found =
  /** `lacksNodes`: nodes of the cluster did not say what they are. */
  { readonly variant: EngineVariant; readonly lacksNodes: boolean } | { readonly refusal: Error };

export type EngineIdentity = {
  /**
   * What the engine is, as it said recently; with `askNow`, after this call began. Throws the refusal. Rejects as `ask` does. Concurrent
   * callers share the question.
   */
  current(askNow: boolean): Promise<EngineVariant>;
  /** A call failed in a way that may have to do with another engine there: it is asked before the next call. */
  doubt(): void;
  /** The last answer, however old. */
  last(): EngineVariant | undefined;
};

/** How long an answer holds for reads. */
const FRESH_MS = 30_000;
/** An engine that is not supported may be replaced or upgraded at any time. */
const REFUSED_MS = 2_000;

/** An engine is asked what it is before the first call, after a failure, every 30 s, and before each call that changes it. */
export const engineIdentity = (ask: () => Promise<Found>, now: () => number): EngineIdentity => {
  let known: { readonly found: Found; readonly until: number } | undefined;
  let variant: EngineVariant | undefined;
  let refused: Found | undefined;
  let asking: Promise<Found> | undefined;

  /** The node that was not supported may be the one that does not answer: a refusal stands until every node answers, or it has left. */
  const heeded = (found: Found): Found => {
    const stands = 'variant' in found && found.lacksNodes ? (refused ?? found) : found;
    refused = 'refusal' in stands ? stands : undefined;
    return stands;
  };

  const refresh = async (): Promise<Found> => {
    const begun = now();
    const found = heeded(await ask());
    known = { found, until: begun + ('refusal' in found ? REFUSED_MS : FRESH_MS) };
    if ('variant' in found) variant = found.variant;
    return found;
  };

  const found = async (askNow: boolean): Promise<Found> => {
    if (!askNow && known !== undefined && now() < known.until) return known.found;
    if (askNow) await asking?.catch(() => undefined);
    asking ??= refresh().finally(() => {
      asking = undefined;
    });
    return asking;
  };

  return {
    async current(askNow) {
      const current = await found(askNow);
      if ('refusal' in current) throw current.refusal;
      return current.variant;
    },
    doubt() {
      known = undefined;
    },
    last: () => variant,
  };
};

/** For an engine whose kind is given. */
export const givenIdentity = (variant: EngineVariant): EngineIdentity => ({
  current: async () => variant,
  doubt: () => undefined,
  last: () => variant,
});
