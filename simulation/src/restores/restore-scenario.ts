import { drawNeighbours } from '../neighbours.ts';
import type { Random } from '../random.ts';
import { CALL_FAULTS, type CallFault, type Deed, INDEX_PREFIX, type Scenario } from '../scenario.ts';

/** Every so many seeds one is about restores. */
const EVERY = 4;

export const isRestoreSeed = (seed: number): boolean => seed % EVERY === EVERY - 1;

export const RESTORE_DEEDS = [
  'strangerUnderTarget',
  'strangerUnderPrefix',
  'indexMadeAgain',
  'snapshotRotted',
  'snapshotAltered',
  'snapshotMadeAgain',
] as const;
export type RestoreDeed = (typeof RESTORE_DEEDS)[number];

export const RESTORE_KINDS = ['inPlace', 'renamed', 'rehearsal'] as const;

/** When an application that was not stopped writes to what a restore is going to delete. */
export const WRITE_MOMENTS = ['queued', 'safety', 'measured'] as const;
export type WriteMoment = (typeof WRITE_MOMENTS)[number];

/** What a person will ask for; `atMs` after the backup was COMPLETED. */
export type RestoreWish = {
  readonly kind: (typeof RESTORE_KINDS)[number];
  readonly atMs: number;
  readonly deleteExisting: boolean;
  readonly safetyBackup: boolean;
  /** How many of the indices to delete are named in acceptUnsaved, besides all where there is no safety backup. */
  readonly unsaved: number;
  readonly rollBack: boolean;
  readonly restoreTemplates: boolean;
  /** How many indices a rehearsal takes. */
  readonly sample: 'all' | number;
};

export type RestoreScenario = {
  readonly base: Scenario;
  readonly wishes: readonly RestoreWish[];
  /** After the backup the indices of Optimize are lost, or written to. */
  readonly isLost: boolean;
  readonly isWritten: boolean;
  /** Share of restores that a person stops. */
  readonly stops: number;
  readonly backupsAtMs: readonly number[];
  readonly deeds: readonly RestoreDeed[];
  readonly deedEveryMs: number;
  readonly longestRestoreMs: number;
  /** An application writes whenever the engine lets it. */
  readonly application: boolean;
  readonly writes: readonly WriteMoment[];
  /** Share of moments at which an operator lifts the block of a restored index by hand. */
  readonly lifts: number;
  /** RESTORE_EXPIRY. */
  readonly expiryMs: number;
};

/** Of all deeds those that harm no backup for good: what a restore may meet is drawn apart. */
const HARMLESS: readonly Deed[] = [
  'crashWorker',
  'freezeWorker',
  'duplicateJob',
  'redisEmptied',
  'redisAway',
  'historyAway',
  'engineRestart',
  'createsBusy',
];

const NOT_HERE: ReadonlySet<CallFault> = new Set(['staleList', 'backwardList', 'terminalCreate']);

export const drawRestoreScenario = (seed: number, random: Random): RestoreScenario => {
  const base = drawBase(seed, random);
  const isLost = random.chance(0.5);
  const isHarmed = random.chance(0.6);
  const isBusy = random.chance(0.35);
  return {
    base,
    wishes: Array.from({ length: isBusy ? random.between(2, 3) : 1 }, () => drawWish(random, isLost, base.faultsForMs)),
    isLost,
    isWritten: random.chance(0.5),
    stops: random.chance(0.35) ? 0.5 : 0,
    backupsAtMs: isBusy && random.chance(0.5) ? [random.between(0, base.faultsForMs)] : [],
    deeds: isHarmed ? RESTORE_DEEDS.filter(() => random.chance(0.4)) : [],
    deedEveryMs: random.between(50, 2_000),
    longestRestoreMs: random.pick([5, 500, 8_000]) ?? 5,
    application: random.chance(0.5),
    writes: random.chance(0.4) ? WRITE_MOMENTS.filter(() => random.chance(0.5)) : [],
    lifts: random.chance(0.3) ? 0.7 : 0,
    expiryMs: random.chance(0.2) ? random.between(1_000, 20_000) : LONG_EXPIRY_MS,
  };
};

/** As shipped. */
export const LONG_EXPIRY_MS = 3_600_000;

const drawWish = (random: Random, isLost: boolean, withinMs: number): RestoreWish => ({
  kind: random.pick(['inPlace', 'inPlace', 'inPlace', 'renamed', 'rehearsal', 'rehearsal']) ?? 'inPlace',
  atMs: random.chance(0.6) ? random.between(0, 50) : random.between(0, withinMs),
  deleteExisting: isLost ? random.chance(0.3) : random.chance(0.9),
  safetyBackup: random.chance(0.7),
  unsaved: random.chance(0.2) ? 1 : 0,
  rollBack: random.chance(0.75),
  restoreTemplates: random.chance(0.4),
  sample: random.chance(0.7) ? 'all' : random.between(1, 3),
});

const drawBase = (seed: number, random: Random): Scenario => ({
  seed,
  workers: random.between(1, 3),
  repositories: ['one'],
  createsPerRepository: 1,
  sharedPolls: random.chance(0.5),
  requests: [{ backupId: 'backup-1', repository: 'one', atMs: 0 }],
  wishes: [],
  retries: random.chance(0.6) ? 0.8 : 0,
  mostTries: random.chance(0.15) ? random.between(1, 4) : undefined,
  engineSkewMs: 0,
  faultsForMs: random.between(3_000, 30_000),
  callFaults: Object.fromEntries(
    CALL_FAULTS.map((fault) => [fault, drawShare(random, fault)]),
  ) as Scenario['callFaults'],
  deeds: HARMLESS.filter(() => random.chance(0.4)),
  deedEveryMs: random.between(200, 4_000),
  indexMovesEveryMs: undefined,
  jobsAreLate: random.chance(0.3),
  badEnds: 0,
  longestSnapshotMs: random.pick([5, 800]) ?? 5,
  neighbours: drawNeighbours(random, INDEX_PREFIX),
});

const drawShare = (random: Random, fault: CallFault): number => {
  if (NOT_HERE.has(fault) || !random.chance(fault === 'engineTimeout' ? 0.6 : 0.45)) return 0;
  return random.next() * (random.chance(0.15) ? 0.4 : 0.08);
};
