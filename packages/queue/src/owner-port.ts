/** Which history owns the keys below the prefix. Each call rejects within the adapter's time-out when Redis does not answer. */
export interface OwnerStore {
  /** Returns the id of the owning history; claims the keys for the given one if they have no owner. */
  claim(historyId: string): Promise<string>;
  /** Undefined: no owner. */
  read(): Promise<string | undefined>;
  /** Replaces the current owner. */
  adopt(historyId: string): Promise<void>;
  /** Bounded, also while Redis is away. */
  close(): Promise<void>;
}
