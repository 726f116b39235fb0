/** Whose the keys below the prefix are: one history's. Each call rejects within the adapter's time-out when Redis does not answer. */
export interface OwnerStore {
  /** The id of the history that owns them: the given one from now on, where nobody did. */
  claim(historyId: string): Promise<string>;
  /** Undefined: nobody's. */
  read(): Promise<string | undefined>;
  /** In place of whoever owned them. */
  adopt(historyId: string): Promise<void>;
  /** Bounded, also while Redis is away. */
  close(): Promise<void>;
}
