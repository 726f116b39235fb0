import type { SealHistory } from '@tandem/history/ports/seals.ts';

/** What a sealer sees of PostgreSQL. */
export type SealView = Pick<SealHistory, 'eventsAreQuiet' | 'unsealedEvents' | 'addSeal'>;

export type Sealing = {
  readonly view: SealView;
  /** Every transaction has ended. */
  readonly endAll: () => void;
  readonly isCommitted: (id: string) => boolean;
  readonly stops: { count: number };
};
