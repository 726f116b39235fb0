/* Plans of restores, stored for reading them page by page. The same promises as in history.ts: HISTORY_UNREACHABLE. */

export type NewPlan = {
  /** The planHash, in hex. */
  readonly planHash: string;
  readonly backupId: string;
  /** Compressed. */
  readonly body: Uint8Array;
};

export type StoredPlan = NewPlan & {
  readonly plannedAt: Date;
  /** Undefined: a restore was accepted with it, so it does not expire. */
  readonly expiresAt: Date | undefined;
};

/** How long a plan is stored, and the limits of all plans that expire. */
export type PlanLimits = { readonly keepMs: number; readonly maxPlans: number; readonly maxBytes: number };

export interface PlanHistory {
  /**
   * Stores a plan for `keepMs` from now, in place of one with the same hash; a plan that a restore was accepted with stays as it is. Removes expired
   * plans, and those planned first of the others until this one fits into `maxPlans` and `maxBytes`; this one is stored in any case. Concurrent
   * calls may exceed the limits by one plan each. Two statements: when the second one fails, only the removal has taken effect.
   */
  keepPlan(plan: NewPlan, limits: PlanLimits): Promise<Pick<StoredPlan, 'plannedAt' | 'expiresAt'>>;
  /** Undefined: no plan has that hash, or it has expired. */
  findPlan(planHash: string): Promise<StoredPlan | undefined>;
}
