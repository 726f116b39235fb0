import type { RestoreStepName } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { derivedRandom, type Random } from '../chance/random.ts';
import { isOrphanSeed, isStoppedSeed, NO_FAULTS, STOPPED_SHARE } from '../leases/orphan-scenario.ts';
import { FIRST_INDICES } from '../scenario/engine-side.ts';
import { COULD_BE_OURS, drawNeighbours, type Neighbours } from '../scenario/neighbours.ts';
import {
  CALL_FAULTS,
  type CallFault,
  type Deed,
  INDEX_PREFIX,
  NO_ABSENCE,
  type Scenario,
} from '../scenario/scenario.ts';

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
  'safetySpoiled',
  'installationAppears',
] as const;
export type RestoreDeed = (typeof RESTORE_DEEDS)[number];

export const RESTORE_KINDS = ['inPlace', 'renamed', 'rehearsal'] as const;

/** When an application that was not stopped writes to what a restore is going to delete. */
export const WRITE_MOMENTS = ['queued', 'safety', 'measured'] as const;
export type WriteMoment = (typeof WRITE_MOMENTS)[number];

/** What an operator will ask for; `atMs` after the backup was COMPLETED. */
export type RestoreCommand = {
  readonly kind: (typeof RESTORE_KINDS)[number];
  readonly atMs: number;
  readonly deleteExisting: boolean;
  readonly safetyBackup: boolean;
  /** How many of the indices to delete are named in acceptUnsaved, in addition to all where there is no safety backup. */
  readonly unsaved: number;
  readonly rollback: boolean;
  readonly restoreTemplates: boolean;
  /** The indices that a restore in place is about, by their names in the backup. Undefined: all. */
  readonly chosen: readonly string[] | undefined;
  /** How many indices a rehearsal takes. */
  readonly sample: 'all' | number;
};

export type RestoreScenario = {
  readonly base: Scenario;
  readonly commands: readonly RestoreCommand[];
  /** When faults begin: before the plan is requested, or only after acceptance. */
  readonly faultsSince: 'backup' | 'request';
  /** After the backup the indices of Optimize are lost, or written to. */
  readonly isLost: boolean;
  readonly isWritten: boolean;
  /** Share of restores that an operator stops. */
  readonly stops: number;
  readonly backupsAtMs: readonly number[];
  readonly deeds: readonly RestoreDeed[];
  readonly deedEveryMs: number;
  /** Share of the moments at which a restore goes on that one of the deeds meets, at that step or at any. */
  readonly besets: number;
  readonly besetAt: RestoreStepName | 'any';
  readonly longestRestoreMs: number;
  /** Share of the copies of rehearsals that an operator makes read-only. */
  readonly blocksCopies: number;
  /** An application writes whenever the engine lets it. */
  readonly application: boolean;
  readonly writes: readonly WriteMoment[];
  /** Share of moments at which an operator lifts the block of a restored index by hand. */
  readonly lifts: number;
  /** Prefix of another installation whose indices look like ours until the rest of it is there; undefined: there is none. */
  readonly lateInstallation: string | undefined;
  /** Once, when a restore is at that step, all workers are away for so long. */
  readonly absence: { readonly at: RestoreStepName; readonly forMs: number } | undefined;
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
  const drawn = drawAny(seed, random);
  if (isStoppedSeed(seed)) return withStoppedTicks(drawn, random);
  if (isOrphanSeed(seed)) return withLateCopies(drawn, random);
  const focused = random.chance(0.3) ? withFocus(drawn, random) : drawn;
  return withChosen(focused, derivedRandom(seed, 'chosen indices'));
};

/** Some restores in place are of chosen indices. */
const withChosen = (drawn: RestoreScenario, random: Random): RestoreScenario => ({
  ...drawn,
  commands: drawn.commands.map((command) => {
    if (command.kind !== 'inPlace' || !random.chance(0.3)) return command;
    const chosen = FIRST_INDICES.filter(() => random.chance(0.4));
    return { ...command, chosen: chosen.length === 0 ? FIRST_INDICES.slice(-1) : chosen };
  }),
});

/** What comes between two checks, and where: the second one is seen only where the state changes right there. */
const FOCI = [
  { deed: 'safetySpoiled', at: ['safety-backup', 'delete-existing'] },
  { deed: 'indexMadeAgain', at: ['safety-backup', 'delete-existing'] },
  { deed: 'installationAppears', at: ['delete-existing'] },
  { deed: 'strangerUnderPrefix', at: ['preflight', 'safety-backup', 'delete-existing'] },
  { deed: 'strangerUnderTarget', at: ['parts'] },
  { deed: 'writes', at: ['safety-backup'] },
] as const;

/** A restore that deletes what is there, or finds nothing there, and one thing that befalls it. */
const withFocus = (drawn: RestoreScenario, random: Random): RestoreScenario => {
  const { base, commands } = drawn;
  const { deed, at } = random.pick(FOCI) ?? FOCI[0];
  const isLost = deed === 'strangerUnderTarget';
  const command = { kind: 'inPlace', atMs: 0, deleteExisting: !isLost, safetyBackup: true, unsaved: 0 } as const;
  const callFaults = { ...NO_FAULTS, engineBusy: 0.02, crash: random.pick([0, 0.01]) ?? 0 };
  return {
    ...drawn,
    ...{ isLost, faultsSince: 'request', stops: 0, expiryMs: LONG_EXPIRY_MS, backupsAtMs: [], absence: undefined },
    ...{ besets: 0.7, besetAt: random.pick<RestoreStepName>(at) ?? 'any', deedEveryMs: NEVER_MS },
    base: { ...base, callFaults, deeds: [], faultsForMs: 30_000 },
    commands: commands.slice(0, 1).map((any) => ({ ...any, ...command })),
    deeds: deed === 'writes' ? [] : [deed],
    writes: deed === 'writes' ? ['safety', 'measured'] : [],
    lateInstallation: deed === 'installationAppears' ? drawLate(random, base.neighbours) : undefined,
  };
};

/** Ticks are stopped right before they write: everything that a restore writes comes into such a run. */
const withStoppedTicks = (drawn: RestoreScenario, random: Random): RestoreScenario => ({
  ...drawn,
  ...{ isWritten: true, stops: 0, expiryMs: LONG_EXPIRY_MS, backupsAtMs: [], absence: undefined, besets: 0.1 },
  deeds: random.chance(0.5) ? ['snapshotAltered'] : [],
  commands: drawn.commands.slice(0, 1).map((command) => ({
    ...{ ...command, atMs: 0, deleteExisting: true, rollback: true, restoreTemplates: true },
    kind: random.pick(['inPlace', 'inPlace', 'inPlace', 'rehearsal'] as const) ?? 'inPlace',
  })),
  base: {
    ...drawn.base,
    ...{ workers: random.between(2, 3), maxAttempts: undefined, faultsForMs: 90_000, callFaults: NO_FAULTS, deeds: [] },
    stopsBeforeWrites: STOPPED_SHARE,
  },
});

/** Rehearsals that end while a worker is stopped that is about to send a part of them. */
const withLateCopies = (drawn: RestoreScenario, random: Random): RestoreScenario => ({
  ...drawn,
  ...{ stops: 0.8, backupsAtMs: [], absence: undefined, blocksCopies: random.pick([0, 0.5, 0.5]) ?? 0 },
  commands: drawn.commands.map((command) => ({ ...command, kind: 'rehearsal', sample: 'all' })),
  base: {
    ...drawn.base,
    ...{ workers: random.between(2, 3), maxAttempts: undefined, faultsForMs: 60_000, deeds: [] },
    ...{ callFaults: { ...NO_FAULTS, freeze: 0.05 }, stopsBeforeDeletion: 0.5 },
  },
});

const NEVER_MS = 1_000_000_000;

const drawAny = (seed: number, random: Random): RestoreScenario => {
  const base = drawBase(seed, random);
  const isLost = random.chance(0.5);
  const isHarmed = random.chance(0.6);
  const isBusy = random.chance(0.35);
  const expiryMs = random.chance(0.2) ? random.between(1_000, 20_000) : LONG_EXPIRY_MS;
  return {
    base,
    commands: Array.from({ length: isBusy ? random.between(2, 3) : 1 }, () =>
      drawCommand(random, isLost, base.faultsForMs),
    ),
    faultsSince: random.chance(0.3) ? 'request' : 'backup',
    isLost,
    isWritten: random.chance(0.5),
    stops: random.chance(0.35) ? 0.5 : 0,
    backupsAtMs: isBusy && random.chance(0.5) ? [random.between(0, base.faultsForMs)] : [],
    deeds: isHarmed ? RESTORE_DEEDS.filter(() => random.chance(0.4)) : [],
    deedEveryMs: random.between(50, 2_000),
    besets: 0.3,
    besetAt: 'any',
    longestRestoreMs: random.pick([5, 500, 8_000]) ?? 5,
    blocksCopies: 0,
    application: random.chance(0.5),
    writes: random.chance(0.25) ? WRITE_MOMENTS.filter(() => random.chance(0.5)) : [],
    lifts: random.chance(0.3) ? 0.7 : 0,
    lateInstallation: isLost || random.chance(0.6) ? undefined : drawLate(random, base.neighbours),
    absence: random.chance(0.15) ? drawAbsence(random, expiryMs) : undefined,
    expiryMs,
  };
};

const drawLate = (random: Random, { names }: Neighbours): string | undefined =>
  random.pick(Object.keys(COULD_BE_OURS).filter((x) => !names.has(`${INDEX_PREFIX}-${x}-metadata_v3`)));

const drawAbsence = (random: Random, expiryMs: number): RestoreScenario['absence'] => {
  const forMs = expiryMs < LONG_EXPIRY_MS ? random.between(expiryMs, 3 * expiryMs) : random.between(1_000, 60_000);
  return { at: random.pick(ABSENT_AT) ?? 'preflight', forMs };
};

const ABSENT_AT: readonly RestoreStepName[] = ['preflight', 'preflight', 'safety-backup', 'delete-existing', 'parts'];

/** As shipped. */
export const LONG_EXPIRY_MS = 3_600_000;

const drawCommand = (random: Random, isLost: boolean, withinMs: number): RestoreCommand => ({
  kind: random.pick(['inPlace', 'inPlace', 'inPlace', 'renamed', 'rehearsal', 'rehearsal']) ?? 'inPlace',
  atMs: random.chance(0.6) ? random.between(0, 50) : random.between(0, withinMs),
  deleteExisting: isLost ? random.chance(0.3) : random.chance(0.9),
  safetyBackup: random.chance(0.7),
  unsaved: random.chance(0.2) ? 1 : 0,
  rollback: random.chance(0.75),
  restoreTemplates: random.chance(0.4),
  sample: random.chance(0.7) ? 'all' : random.between(1, 3),
  chosen: undefined,
});

const drawBase = (seed: number, random: Random): Scenario => ({
  seed,
  workers: random.between(1, 3),
  repositories: ['one'],
  createsPerRepository: 1,
  sharedPolls: random.chance(0.5),
  requests: [{ backupId: 'backup-1', repository: 'one', atMs: 0 }],
  commands: [],
  retries: random.chance(0.6) ? 0.8 : 0,
  maxAttempts: random.chance(0.15) ? random.between(1, 4) : undefined,
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
  ...NO_ABSENCE,
  stopsBeforeDeletion: 0,
  stopsBeforeWrites: 0,
});

const drawShare = (random: Random, fault: CallFault): number => {
  if (NOT_HERE.has(fault) || !random.chance(fault === 'engineTimeout' ? 0.6 : 0.45)) return 0;
  return random.next() * (random.chance(0.15) ? 0.4 : 0.08);
};
