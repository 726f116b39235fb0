/** From the best to the worst. `unknown`: what would decide it cannot be read now. */
export const PROTECTIONS = ['safe', 'at-risk', 'unknown', 'not-protected'] as const;
export type Protection = (typeof PROTECTIONS)[number];

export const CONCERN_CODES = [
  'no-completed-backup',
  'history-unreachable',
  'engine-unreachable',
  'repository-unreadable',
  'backup-unverified',
  'backup-lost',
  'backup-failed',
  'backup-old',
  'never-proven',
  'proof-old',
  'parts-drifted',
  'history-rolled-back',
  'engine-warning',
  'repository-warning',
  'queue-warning',
  'worker-missing',
  'operations-suspended',
  'operation-waits',
  'restore-failed',
] as const;
export type ConcernCode = (typeof CONCERN_CODES)[number];

/** Why the installation is not simply safe. */
export type Concern = {
  readonly code: ConcernCode;
  readonly leadsTo: Exclude<Protection, 'safe'>;
  /** What was found, and what to do. */
  readonly message: string;
  readonly backupId?: string;
  readonly operationId?: string;
};

const badness = (protection: Protection): number => PROTECTIONS.indexOf(protection);

/** The worst of what any concern leads to; without one, safe. */
export const protectionOf = (concerns: readonly Concern[]): Protection =>
  concerns.reduce<Protection>((worst, { leadsTo }) => (badness(leadsTo) > badness(worst) ? leadsTo : worst), 'safe');

/** The worst first, otherwise in their order. */
export const worstFirst = (concerns: readonly Concern[]): readonly Concern[] =>
  concerns.toSorted((one, other) => badness(other.leadsTo) - badness(one.leadsTo));
