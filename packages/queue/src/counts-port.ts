export type SharedCount = {
  /** What all processes added since the window began. */
  readonly count: number;
  /** Until the window ends and the count begins again at 0. */
  readonly endsInMs: number;
};

/** Counts that all processes share, in windows of one minute that begin with the first addition. They only make limits fairer: nothing depends on them. */
export interface SharedCounts {
  /** Rejects when Redis does not respond within the time limit of a command; then it may or may not have been added. */
  add(key: string, amount: number): Promise<SharedCount>;
  /** Ends the connection at once; a call that waits rejects. */
  close(): Promise<void>;
}
