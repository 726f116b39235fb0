export type KeptValueOptions<Value> = {
  readonly load: () => Promise<Value>;
  /** An older value is loaded again in the background, and used meanwhile. */
  readonly freshMs: number;
  /** An older value is not used. */
  readonly lastMs: number;
  /** How long a failure is repeated without another try. */
  readonly retryMs: number;
  /** In milliseconds, monotonic. */
  readonly now: () => number;
  readonly onFailed: (error: unknown) => void;
};

/** Loads a value when it is first needed, one load at a time, and keeps it while it cannot be loaded again. Rejects with the failure of `load`. */
export const keptValue = <Value>(options: KeptValueOptions<Value>): (() => Promise<Value>) => {
  const { load, freshMs, lastMs, retryMs, now, onFailed } = options;
  let kept: { readonly value: Value; readonly at: number } | undefined;
  let failed: { readonly error: unknown; readonly at: number } | undefined;
  let loading: Promise<Value> | undefined;

  const reload = async (): Promise<Value> => {
    if (failed !== undefined && now() - failed.at < retryMs) throw failed.error;
    try {
      const value = await load();
      kept = { value, at: now() };
      failed = undefined;
      return value;
    } catch (error) {
      failed = { error, at: now() };
      onFailed(error);
      throw error;
    }
  };
  const shared = (): Promise<Value> => {
    loading ??= reload().finally(() => {
      loading = undefined;
    });
    return loading;
  };

  return async () => {
    const age = kept === undefined ? Number.POSITIVE_INFINITY : now() - kept.at;
    if (kept === undefined || age >= lastMs) return shared();
    // its failure has been reported
    if (age >= freshMs) shared().catch(() => undefined);
    return kept.value;
  };
};
