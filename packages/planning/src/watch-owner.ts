/** Whose the keys in Redis are, compared with the history at start and now and then: two installations must not share them. */

export type OwnerSources = {
  readonly history: { readonly readLine: (eventIds: readonly string[]) => Promise<{ readonly historyId: string }> };
  readonly owner: { readonly claim: (historyId: string) => Promise<string> };
  /** For messages. */
  readonly prefix: string;
  readonly everyMs: number;
  readonly log: Readonly<Record<'info' | 'warn', (data: object, message: string) => void>>;
  /** Resolves after that time; keeps no process alive. */
  readonly sleep: (ms: number) => Promise<unknown>;
};

export type OwnerWatch = {
  /**
   * Begins, and resolves once the keys are known to be this history's, or cannot be compared for now: that holds up no start. Rejects with
   * a KeysOfAnother.
   */
  readonly start: () => Promise<void>;
  /** Resolves once they are known to be this history's. */
  readonly owned: Promise<void>;
  /** Resolves once they are known to be another's, also long after the start. */
  readonly foreign: Promise<KeysOfAnother>;
  readonly stop: () => void;
};

/** They are another history's. The message names both, and the remedies. */
export class KeysOfAnother extends Error {
  override readonly name = 'KeysOfAnother';

  constructor(owner: string, historyId: string, prefix: string) {
    super(
      `The keys in Redis below REDIS_PREFIX ${prefix} are those of the history ${owner}; the database has the history ${historyId}. ` +
        'Two installations need a prefix each: set REDIS_PREFIX. This is also what a lost database looks like: see docs/disaster-recovery.md. ' +
        'If the other history is gone for good, take the keys over: npm run redis:adopt -- --reason "…".',
    );
  }
}

/** How long a start waits for the first comparison. */
const PATIENCE_MS = 2_000;
/** While it is not known whose they are. */
const AGAIN_MS = 1_000;
/** How many comparisons trust one reading of the history's id: the database may be replaced under a running process. */
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
    log.warn({ err: error }, 'owner of the Redis keys not known yet; no jobs are taken until then');
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
      await Promise.race([first, sleep(PATIENCE_MS)]);
      if (refusal !== undefined) throw refusal;
    },
    stop: () => {
      stopped = true;
    },
  };
};
