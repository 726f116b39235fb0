import type { SearchEngine } from '@tandem/engine/port.ts';
import type { History } from '@tandem/history/ports/history.ts';
import type { Claim, OperationChange } from '@tandem/history/ports/ledger.ts';
import type { ClaimedOperation, PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import { laneOf } from '@tandem/shared/domain/backup/location.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { type FailureCode, fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { comparisonMutations } from '../comparing/comparison-mutations.ts';
import { clockMutations } from '../faults/clock-mutations.ts';
import { partitionMutations } from '../faults/partition-mutations.ts';
import { leaseMutations } from '../leases/lease-mutations.ts';
import { readerMutations } from '../reading/reader-mutations.ts';
import { restoreMutations } from '../restores/restore-mutations.ts';
import { sealMutations } from '../seals/seal-mutations.ts';
import { swapMutations } from '../swaps/swap-mutations.ts';
import type { Mutation } from './mutation.ts';
import { suspensionMutations } from './suspension-mutations.ts';

/** The parts as another claim would show them. */
const withParts = (operation: ClaimedOperation, change: (part: PartRecord) => PartRecord): ClaimedOperation => ({
  ...operation,
  backup: { ...operation.backup, parts: operation.backup.parts.map(change) },
});

const withSeen = (engine: SearchEngine, change: (seen: readonly Snapshot[]) => readonly Snapshot[]): SearchEngine => ({
  ...engine,
  findSnapshots: async (repository, names) => change(await engine.findSnapshots(repository, names)),
});

/** Claims do not show which parts are not to be kept. */
const withDistrustForgotten = (history: History): History => ({
  ...history,
  claim: async (operationId, options) => {
    const claim = await history.claim(operationId, options);
    if (!claim.claimed) return claim;
    const detail = Object.entries(claim.operation.detail).map(([name, value]) => [name, withoutDistrust(value)]);
    return { ...claim, operation: { ...claim.operation, detail: Object.fromEntries(detail) } };
  },
});

const withoutDistrust = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'distrusted' in value ? { ...value, distrusted: false } : value;

/** Writes go through under whatever claim is the newest. */
const withoutFencing = (history: History): History => {
  const newest = new Map<string, number>();
  return {
    ...history,
    claim: async (operationId, options) => {
      const claim = await history.claim(operationId, options);
      if (claim.claimed) newest.set(operationId, claim.operation.revision);
      return claim;
    },
    record: (operationId, revision, change) => history.record(operationId, newest.get(operationId) ?? revision, change),
  };
};

/** Whoever meets a lease gets the same claim once more. */
const withoutCompareAndSet = (history: History): History => {
  const last = new Map<string, Claim>();
  return {
    ...history,
    claim: async (operationId, options) => {
      const claim = await history.claim(operationId, options);
      if (claim.claimed) last.set(operationId, claim);
      return claim.claimed || claim.why !== 'leased' ? claim : (last.get(operationId) ?? claim);
    },
  };
};

/** A lane stays full once as many creates have ended in it as it has slots. */
const withSlotsKept = (history: History): History => {
  const laneOfOperation = new Map<string, string>();
  const ends = new Map<string, number>();
  const begun = new Set<string>();
  return {
    ...history,
    accept: (create) => {
      laneOfOperation.set(create.operationId, laneOf(create.location));
      return history.accept(create);
    },
    claim: async (operationId, options) => {
      const kept = ends.get(laneOfOperation.get(operationId) ?? '') ?? 0;
      if (kept >= options.createsPerRepository && !begun.has(operationId))
        return { claimed: false, why: 'queued', dueInMs: options.queuedRetryMs };
      const claim = await history.claim(operationId, options);
      if (claim.claimed) begun.add(operationId);
      return claim;
    },
    record: async (operationId, revision, change) => {
      const recorded = await history.record(operationId, revision, change);
      const lane = laneOfOperation.get(operationId) ?? '';
      if (recorded.written && change.outcome.do === 'end') ends.set(lane, (ends.get(lane) ?? 0) + 1);
      return recorded;
    },
  };
};

/** The sweep passes over operations whose worker died: RUNNING, with a lease that has run out. */
const withDeadWorkersForgotten = (history: History): History => {
  const running = new Set<string>();
  return {
    ...history,
    claim: async (operationId, options) => {
      const claim = await history.claim(operationId, options);
      if (claim.claimed) running.add(operationId);
      return claim;
    },
    record: async (operationId, revision, change: OperationChange) => {
      const recorded = await history.record(operationId, revision, change);
      if (recorded.written && change.outcome.do !== 'hold') running.delete(operationId);
      return recorded;
    },
    overdue: async (overdueMs, limit) =>
      (await history.overdue(overdueMs, limit)).filter(({ operationId }) => !running.has(operationId)),
  };
};

/** An id is looked up and then written, in two statements: what the one before has just written is not seen. */
const withLookThenInsert = (history: History): History => {
  let calls = 0;
  const acceptedAt = new Map<string, number>();
  return {
    ...history,
    claim: (operationId, options) => {
      calls += 1;
      return history.claim(operationId, options);
    },
    accept: async (create) => {
      calls += 1;
      const there = await history.findBackup(create.backupId, create.location);
      const isSeen = calls - (acceptedAt.get(create.backupId) ?? 0) > 1;
      if (there !== undefined && isSeen) return { accepted: false, existing: there };
      acceptedAt.set(create.backupId, calls);
      // elsewhere nothing is in its way
      const location = { ...create.location, clusterUuid: create.operationId };
      return history.accept(there === undefined ? create : { ...create, location });
    },
  };
};

/** A create that was rejected with the code is final, without a look at what became of it. */
const takenForFailure = (engine: SearchEngine, code: FailureCode): SearchEngine => ({
  ...engine,
  startSnapshot: async (snapshot) => {
    try {
      await engine.startSnapshot(snapshot);
    } catch (error) {
      if (!isFailure(error, code)) throw error;
      throw fail('ENGINE_REFUSED', `Taken for final: ${code}.`, { call: 'startSnapshot' });
    }
  },
});

/** Whoever works on an operation that was cancelled may go on: its renewals and writes are answered as if nothing had been. */
const withoutFencedCancels = (history: History): History => {
  const claims = new Map<string, number>();
  const cancelled = new Set<string>();
  const isHeld = (operationId: string, revision: number): boolean =>
    cancelled.has(operationId) && claims.get(operationId) === revision;
  return {
    ...history,
    claim: async (operationId, options) => {
      const claim = await history.claim(operationId, options);
      if (claim.claimed) claims.set(operationId, claim.operation.revision);
      return claim;
    },
    cancelOperation: async (operationId, asked, deletion) => {
      const result = await history.cancelOperation(operationId, asked, deletion);
      if (result.done) cancelled.add(operationId);
      return result;
    },
    renew: async (operationId, revision, leaseMs) =>
      isHeld(operationId, revision) || (await history.renew(operationId, revision, leaseMs)),
    record: async (operationId, revision, change) =>
      isHeld(operationId, revision)
        ? { written: true, revision, next: [] }
        : history.record(operationId, revision, change),
  };
};

/** Attempts are counted from 1 again once a person had the operation retried. */
const withAttemptsRestarted = (history: History): History => {
  const before = new Map<string, number>();
  return {
    ...history,
    retryOperation: async (operationId, asked) => {
      const { length } = await history.attemptsOf(operationId);
      const retried = await history.retryOperation(operationId, asked);
      if (retried.done) before.set(operationId, length);
      return retried;
    },
    attemptsOf: async (operationId) =>
      (await history.attemptsOf(operationId)).map((attempt, at) => {
        const first = before.get(operationId) ?? 0;
        return at < first ? attempt : { ...attempt, number: at - first + 1 };
      }),
  };
};

/** A deletion takes whatever has the name for what it is to delete. */
const withEverySnapshotOurs = (engine: SearchEngine, { kind, backup }: ClaimedOperation): SearchEngine =>
  kind !== 'delete'
    ? engine
    : withSeen(engine, (seen) =>
        seen.map((snapshot) => {
          const recorded = backup.parts.find(({ snapshotName }) => snapshotName === snapshot.name)?.uuid;
          const { backupId, optimizeVersion, create, parts } = backup;
          const operationId = create?.operationId ?? '';
          const owner = { backupId, operationId, part: 1, of: parts.length, optimizeVersion, tandem: '0.1.0' };
          return { ...snapshot, uuid: recorded ?? snapshot.uuid, owner };
        }),
      );

/** Every deliberate defect. None of them is a switch in the product: pieces are wrapped or replaced from outside. */
export const mutations = {
  'no-fencing': { about: 'a write is not refused to an overtaken claim', history: withoutFencing },
  'no-compare-and-set': {
    about: 'a claim is granted although somebody holds a living lease',
    history: withoutCompareAndSet,
  },
  'lease-not-checked': {
    about: 'the lease is not looked at before the create is sent',
    handler: (handler) => (operation, tools) => handler(operation, { ...tools, assertHeld: () => undefined }),
  },
  'clock-stops-in-sleep': {
    about: 'the lease is kept on a clock that stands still while the process is stopped',
    clock: (now, process) => () => now() - process.frozenMs(),
  },
  'intent-not-recorded': {
    about: 'the create is sent without the intent being recorded first',
    handler: (handler) => (operation, tools) => handler(operation, { ...tools, record: async () => undefined }),
  },
  'metadata-not-compared': {
    about: 'a snapshot of the planned name is adopted whatever operation its metadata names',
    engine: (engine, { operationId, backup }) =>
      withSeen(engine, (seen) =>
        seen.map((snapshot) => {
          const part = backup.parts.find(({ snapshotName }) => snapshotName === snapshot.name)?.number ?? 0;
          const { backupId, optimizeVersion, parts } = backup;
          const owner = { backupId, operationId, part, of: parts.length, optimizeVersion, tandem: '0.1.0' };
          return { ...snapshot, owner };
        }),
      ),
  },
  'running-is-done': {
    about: 'part 2 begins while part 1 runs: accepted is taken for done',
    engine: (engine) =>
      withSeen(engine, (seen) =>
        seen.map((one) => (one.state === 'IN_PROGRESS' ? { ...one, state: 'SUCCESS', endedAt: one.startedAt } : one)),
      ),
  },
  'partial-is-success': {
    about: 'PARTIAL is taken for SUCCESS',
    engine: (engine) =>
      withSeen(engine, (seen) =>
        seen.map((one) =>
          one.state === 'PARTIAL' ? { ...one, state: 'SUCCESS', shards: { ...one.shards, failed: 0 } } : one,
        ),
      ),
  },
  'no-sweep': {
    about: 'nobody looks for operations that no job works on',
    sweep: async () => 0,
  },
  'dead-worker-forgotten': {
    about: 'an operation whose worker died is not queued again',
    history: withDeadWorkersForgotten,
  },
  'timeout-is-failure': {
    about: 'a create that timed out is taken for one that failed',
    engine: (engine) => takenForFailure(engine, 'ENGINE_TIMEOUT'),
  },
  'taken-name-is-failure': {
    about: 'a name that is in use fails the backup, without a look whose snapshot it is',
    engine: (engine) => takenForFailure(engine, 'SNAPSHOT_EXISTS'),
  },
  'vanished-is-failure': {
    about: 'a running snapshot that the engine forgot fails the backup',
    handler: (handler) => async (operation, tools) => {
      const change = await handler(operation, tools);
      if (change.events?.some(({ kind }) => kind === 'part.vanished'))
        throw fail('PART_VANISHED', 'The snapshot is gone.', {});
      return change;
    },
  },
  'resolved-while-starting': {
    about: 'indices are resolved anew while a create may be on its way (decision 0004)',
    handler: (handler) => (operation, tools) =>
      handler(
        withParts(operation, (part) => (part.state === 'STARTING' ? { ...part, state: 'PLANNED' } : part)),
        tools,
      ),
  },
  'not-resolved-again': {
    about: 'an index that was born after the plan is in no part',
    engine: (engine, { backup }) => {
      const planned = new Set(backup.parts.flatMap(({ indices }) => indices));
      return {
        ...engine,
        listIndices: async (prefix) => (await engine.listIndices(prefix)).filter(({ name }) => planned.has(name)),
      };
    },
  },
  'one-name-at-a-time': {
    about: 'no index gives away another installation: its metadata and import positions are not seen',
    engine: (engine) => ({
      ...engine,
      listIndices: async (prefix) =>
        (await engine.listIndices(prefix)).filter(
          ({ name }) => !/^optimize-(?!timestamp-based-imp|position-based-imp).+-(metadata|import-index)_v/.test(name),
        ),
    }),
  },
  'slot-not-freed': { about: 'the slot of a create that ended is not given back', history: withSlotsKept },
  'look-then-insert': {
    about: 'whether an id is free is asked in one statement, and used in another',
    history: withLookThenInsert,
  },
  'end-without-event': {
    about: 'a failed try ends the operation without a backup.failed event',
    history: (history) => ({
      ...history,
      record: (operationId, revision, change) =>
        history.record(
          operationId,
          revision,
          change.attempt !== undefined && change.outcome.do === 'end' ? { ...change, events: [] } : change,
        ),
    }),
  },
  'no-quiet-period': { about: 'a deletion is done as soon as nothing is seen', quietMs: 0 },
  'uuid-not-compared': { about: 'a deletion deletes whatever has the name', engine: withEverySnapshotOurs },
  'cancel-not-fenced': {
    about: 'the worker of an operation that was cancelled goes on: its revision was not raised',
    history: withoutFencedCancels,
  },
  'attempts-restarted': { about: 'a retry numbers the attempts from 1 again', history: withAttemptsRestarted },
  'nodes-not-verified': {
    about: 'nobody verifies that every node can use the repository, and the backup says that it was',
    engine: (engine) => ({ ...engine, verifyRepository: async () => [{ id: 'node-1', name: 'in-memory' }] }),
  },
  'later-verification-believed': {
    about: 'what was made before a node was found that could not use the repository is kept once a verification passes',
    history: withDistrustForgotten,
  },
  'orphans-stay': { about: 'the sweep does not remove orphans', removeOrphanedSnapshots: async () => 0 },
  'snapshot-marks-not-read': {
    about: 'a rollback is looked for in Redis alone, not in the metadata of snapshots',
    guard: (options) => ({ ...options, snapshotMarks: async () => [] }),
  },
  'redis-mark-not-read': {
    about: 'the mark in Redis is neither compared nor looked at before it is replaced',
    guard: (options) => ({ ...options, marks: { ...options.marks, read: async () => [] } }),
  },
  ...leaseMutations,
  ...sealMutations,
  ...comparisonMutations,
  ...readerMutations,
  ...suspensionMutations,
  ...clockMutations,
  ...swapMutations,
  ...partitionMutations,
  ...restoreMutations,
} as const satisfies Readonly<Record<string, Mutation & { readonly about: string }>>;

export type MutationName = keyof typeof mutations;
