import { type Sleep, withTimeLimit } from '@tandem/shared/domain/time-limit.ts';

/** Compares the owner of the keys in Redis with the history, at start and periodically: two installations must not share the keys. */

export type OwnerSources = {
  readonly history: { readonly readLine: (eventIds: readonly string[]) => Promise<{ readonly historyId: string }> };
  readonly owner: { readonly claim: (historyId: string) => Promise<string> };
  /** For messages. */
  readonly prefix: string;
  readonly everyMs: number;
  readonly log: Readonly<Record<'info' | 'warn', (data: object, message: string) => void>>;
  /** Keeps no process alive. */
  readonly sleep: Sleep;
};

export type OwnerWatch = {
  /**
   * Starts watching. Resolves once the keys are known to belong to this history, or cannot be compared for now, which does not delay the
   * start. Rejects with KeysOfAnother.
   */
  readonly start: () => Promise<void>;
  /** Resolves once the keys are known to belong to this history. */
  readonly owned: Promise<void>;
  /** Resolves once the keys are known to belong to another history, even long after the start. */
  readonly foreign: Promise<KeysOfAnother>;
  readonly stop: () => void;
};

/** The keys belong to another history. The message names both histories and the remedies. */
export class KeysOfAnother extends Error {
  override readonly name = 'KeysOfAnother';

  constructor(owner: string, historyId: string, prefix: string) {
    super(
      `The keys in Redis below REDIS_PREFIX ${prefix} belong to history ${owner}; the database has history ${historyId}. ` +
        'Each installation needs its own prefix: set REDIS_PREFIX. A lost database also looks like this: see docs/disaster-recovery.md. ' +
        'If the other history is gone for good, take the keys over: npm run redis:adopt -- --reason "…".',
    );
  }
}

/** How long a start waits for the first comparison. */
const PATIENCE_MS = 2_000;
/** Interval while the owner is unknown. */
const AGAIN_MS = 1_000;
/** After this many comparisons the history's id is read again: the database may be replaced under a running process. */
const COMPARISONS_OF_A_READING = 10;

export const watchOwner = (sources: OwnerSources): OwnerWatch => {
  const { history, owner, prefix, everyMs, log, sleep } = sources;
  const owned = Promise.withResolvers<void>();
  const foreign = Promise.withResolvers<KeysOfAnother>();
  let stopped = false;
  let known = false;
  let warned = false;
  let refusal: KeysOfAnother | undefined;
  let reading: { readonly historyId: string; comparisons: number } | undefined;

  const read = async (): Promise<string> => {
    const { historyId } = await history.readLine([]);
    reading = { historyId, comparisons: 0 };
    return historyId;
  };
  const remembered = async (): Promise<string> => {
    if (reading === undefined || reading.comparisons >= COMPARISONS_OF_A_READING) return read();
    return reading.historyId;
  };
  const compare = async (): Promise<void> => {
    const ours = await remembered();
    const found = await owner.claim(ours);
    // the database may have been restored since
    const historyId = found === ours ? ours : await read();
    if (found !== historyId) throw new KeysOfAnother(found, historyId, prefix);
    if (reading !== undefined) reading.comparisons += 1;
    if (warned) log.info({ historyId }, 'owner of the Redis keys known: this history');
    warned = false;
    known = true;
    owned.resolve();
  };
  const failed = (error: unknown): void => {
    if (stopped) return;
    if (error instanceof KeysOfAnother) {
      stopped = true;
      refusal = error;
      foreign.resolve(error);
      return;
    }
    if (known || warned) return;
    warned = true;
    log.warn({ err: error }, 'owner of the Redis keys not known yet; no jobs are taken until it is');
  };
  const goOn = async (): Promise<void> => {
    while (!stopped) {
      await sleep(known ? everyMs : AGAIN_MS);
      if (!stopped) await compare().catch(failed);
    }
  };

  return {
    owned: owned.promise,
    foreign: foreign.promise,
    start: async () => {
      const first = compare().catch(failed);
      void first.then(goOn);
      await withTimeLimit(sleep, PATIENCE_MS, first, () => undefined);
      if (refusal !== undefined) throw refusal;
    },
    stop: () => {
      stopped = true;
    },
  };
};
