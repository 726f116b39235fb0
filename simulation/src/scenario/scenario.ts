import type { Random } from '../chance/random.ts';
import { MOMENTS, type Moment } from '../watch/watched.ts';
import { drawNeighbours, type Neighbours } from './neighbours.ts';

/** What may befall a call of a port, or a process in the middle of one. Shares of all calls. */
export const CALL_FAULTS = [
  'crash',
  'freeze',
  'slow',
  'lostAnswer',
  'engineBusy',
  'engineTimeout',
  'historyTimeout',
  'queueTimeout',
  'staleList',
  'backwardList',
  'terminalCreate',
] as const;
export type CallFault = (typeof CALL_FAULTS)[number];

/** What happens around the calls, at any time. */
export const DEEDS = [
  'crashWorker',
  'freezeWorker',
  'duplicateJob',
  'redisEmptied',
  'redisAway',
  'historyAway',
  'engineRestart',
  'createsBusy',
  'repositoryBroken',
  'indexBorn',
  'indexDeleted',
  'runningSnapshotDeleted',
  'endedSnapshotDeleted',
  'foreignSnapshot',
  'nodeUnmounted',
] as const;
export type Deed = (typeof DEEDS)[number];

/** After these a backup may end FAILED; without them it must not. */
const TERMINAL: ReadonlySet<CallFault | Deed> = new Set([
  'terminalCreate',
  'backwardList',
  'endedSnapshotDeleted',
  'foreignSnapshot',
  'nodeUnmounted',
]);

export const COMMANDS = ['delete', 'cancel', 'cancelAndDelete', 'cancelDeletion'] as const;

/** What an operator will ask for, once, when an incarnation of the backup is there. */
export type Command = {
  readonly backupId: string;
  readonly kind: (typeof COMMANDS)[number];
  readonly when: Moment | 'any';
  /** After a deletion: the same id is requested again. */
  readonly again: boolean;
};

/** Everything that is fixed before a run begins. */
export type Scenario = {
  readonly seed: number;
  readonly workers: number;
  readonly repositories: readonly string[];
  readonly createsPerRepository: number;
  readonly sharedPolls: boolean;
  /** When each is asked for, in milliseconds; an id that stands twice is asked for twice. */
  readonly requests: readonly { readonly backupId: string; readonly repository: string; readonly atMs: number }[];
  readonly commands: readonly Command[];
  /** Share of the operations that ended FAILED which an operator has retried. */
  readonly retries: number;
  /** Operations give up after so many failed tries; undefined: not within a run. */
  readonly maxAttempts: number | undefined;
  /** How far the engine's clock is from the database's. */
  readonly engineSkewMs: number;
  readonly faultsForMs: number;
  readonly callFaults: Readonly<Record<CallFault, number>>;
  readonly deeds: readonly Deed[];
  readonly deedEveryMs: number;
  /** How often an index is born or deleted; undefined: only as one of the deeds. */
  readonly indexMovesEveryMs: number | undefined;
  readonly jobsAreLate: boolean;
  /** Share of snapshots that end PARTIAL or FAILED. */
  readonly badEnds: number;
  readonly longestSnapshotMs: number;
  /** Indices of others under our prefix. */
  readonly neighbours: Neighbours;
  /** Once, when an operation is there, all workers are away for so long. */
  readonly absence: { readonly when: Moment | 'any'; readonly forMs: number } | undefined;
  /** SUSPEND_AFTER. */
  readonly suspendAfterMs: number;
  /** Share of suspended operations that an operator releases or cancels. */
  readonly decides: number;
  /** Share of moments at which a background task is stopped that has found what it removes. */
  readonly stopsBeforeDeletion: number;
  /** Share of moments right before a write at which a tick is. */
  readonly stopsBeforeWrites: number;
};

/** Each run has some kinds of faults and lacks others: what one kind hides, another run shows. */
export const drawScenario = (seed: number, random: Random): Scenario => {
  const withTerminal = random.chance(0.35);
  const isOn = (fault: CallFault | Deed): boolean => (withTerminal || !TERMINAL.has(fault)) && random.chance(0.45);
  const faultsForMs = random.between(3_000, 30_000);
  const repositories = random.chance(0.25) ? ['one', 'two'] : ['one'];
  const requests = drawRequests(random, repositories, faultsForMs);
  return {
    seed,
    workers: random.between(1, 3),
    repositories,
    createsPerRepository: random.chance(0.7) ? 1 : 2,
    sharedPolls: random.chance(0.5),
    requests,
    commands: random.chance(0.6) ? drawCommands(random, requests) : [],
    retries: random.chance(0.7) ? 0.8 : 0,
    maxAttempts: random.chance(0.15) ? random.between(1, 4) : undefined,
    engineSkewMs: random.chance(0.3) ? random.between(-HOUR_MS, HOUR_MS) : 0,
    faultsForMs,
    callFaults: Object.fromEntries(
      CALL_FAULTS.map((fault) => [fault, isOn(fault) ? random.next() * (random.chance(0.15) ? 0.4 : 0.08) : 0]),
    ) as Scenario['callFaults'],
    deeds: DEEDS.filter(isOn),
    deedEveryMs: random.between(200, 4_000),
    indexMovesEveryMs: random.chance(0.3) ? random.between(30, 1_000) : undefined,
    jobsAreLate: random.chance(0.3),
    badEnds: withTerminal && random.chance(0.4) ? 0.25 : 0,
    longestSnapshotMs: random.pick([5, 800, 8_000]) ?? 5,
    neighbours: drawNeighbours(random, INDEX_PREFIX),
    ...drawAbsence(random),
    stopsBeforeDeletion: 0,
    stopsBeforeWrites: 0,
  };
};

type Absence = Pick<Scenario, 'absence' | 'suspendAfterMs' | 'decides'>;

const drawAbsence = (random: Random): Absence => {
  if (!random.chance(0.2)) return NO_ABSENCE;
  const suspendAfterMs = random.between(60_000, 100_000);
  const when = random.pick([...MOMENTS, 'queued', 'part2', 'deleting', 'any'] as const) ?? 'any';
  return { absence: { when, forMs: suspendAfterMs + random.between(0, 60_000) }, suspendAfterMs, decides: 0.75 };
};

/** As shipped: no outage of a run lasts that long. */
export const NO_ABSENCE: Absence = { absence: undefined, suspendAfterMs: 43_200_000, decides: 0 };

const drawRequests = (random: Random, repositories: readonly string[], withinMs: number): Scenario['requests'] =>
  Array.from({ length: random.between(1, 4) }, (_, at) => `backup-${at + 1}`).flatMap((backupId) => {
    const repository = random.pick(repositories) ?? '';
    const atMs = random.chance(0.5) ? random.between(0, 20) : random.between(0, withinMs / 2);
    const request = { backupId, repository, atMs };
    return random.chance(0.25) ? [request, { ...request, atMs: atMs + random.between(0, 6) }] : [request];
  });

/** What the names of the indices of our Optimize begin with. */
export const INDEX_PREFIX = 'optimize';

const HOUR_MS = 3_600_000;

/** Several for one backup come one after the other, or meet. */
const drawCommands = (random: Random, requests: Scenario['requests']): readonly Command[] =>
  [...new Set(requests.map(({ backupId }) => backupId))].flatMap((backupId) =>
    Array.from({ length: random.pick([0, 1, 1, 1, 2, 3]) ?? 0 }, () => {
      const kind = random.chance(0.5) ? 'delete' : (random.pick(COMMANDS) ?? 'delete');
      const when = kind === 'cancelDeletion' ? 'deleting' : random.pick([...MOMENTS, 'any' as const]);
      return { backupId, kind, when: when ?? 'any', again: random.chance(0.6) };
    }),
  );
