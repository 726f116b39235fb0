/* What the adapters report to the doctor, in our words. Undefined: not reported, or not allowed. */

export type DatabaseFacts = {
  /** "18.4" */
  readonly version: string;
  readonly major: number;
  readonly role: string;
  readonly isSuperuser: boolean;
  /** The role owns Tandem's tables, and may therefore change events. */
  readonly ownsTables: boolean;
  /** Statements can only read. */
  readonly readOnly: boolean;
  /** It is a standby. */
  readonly inRecovery: boolean;
  readonly timeZone: string;
  readonly clock: Date;
  /** Migrations of this version of Tandem that are not applied, oldest first. */
  readonly missingMigrations: readonly string[];
  /** Applied ones that this version does not know: the database is of a newer version. */
  readonly newerMigrations: readonly string[];
  /** What the role may not do with the tables that exist: "INSERT on event". */
  readonly lackingRights: readonly string[];
};

export type RedisFacts = {
  /** "7.4.1" */
  readonly version: string | undefined;
  /** "master" or "slave", in Redis' words. */
  readonly role: string | undefined;
  readonly evictionPolicy: string | undefined;
  readonly appendOnly: boolean | undefined;
  /** The save points; empty: none. */
  readonly savePoints: string | undefined;
  readonly usedBytes: number | undefined;
  /** 0: no limit. */
  readonly maxBytes: number | undefined;
  readonly clock: Date | undefined;
  /** Commands that the queue needs and Redis does not permit, in Redis' own words. */
  readonly refusedCommands: readonly { readonly command: string; readonly reason: string }[];
};

export type NodeFacts = {
  readonly name: string;
  readonly version: string;
  readonly clock: Date | undefined;
};

/** What the engine's user lacks, as the engine's security names it; `indices`: by pattern. */
export type LackingRights = {
  readonly cluster: readonly string[];
  readonly indices: readonly { readonly pattern: string; readonly privilege: string }[];
};

/** The time of a server at the moment when ours was `at`, known to within `uncertaintyMs`. */
export type ClockReading = {
  readonly server: string;
  readonly clock: Date;
  readonly at: Date;
  readonly uncertaintyMs: number;
};
