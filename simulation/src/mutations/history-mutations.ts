import type { History } from '@tandem/history/ports/history.ts';
import type { Claim, OperationChange } from '@tandem/history/ports/ledger.ts';
import { laneOf } from '@tandem/shared/domain/backup/location.ts';
import type { Mutation } from './mutation.ts';

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

/** Whoever meets a lease gets the same claim again. */
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

/** The sweep ignores operations whose worker died: RUNNING, with a lease that has run out. */
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
    cancelOperation: async (operationId, command, deletion) => {
      const result = await history.cancelOperation(operationId, command, deletion);
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

/** Attempts are counted from 1 again once an operator had the operation retried. */
const withAttemptsRestarted = (history: History): History => {
  const before = new Map<string, number>();
  return {
    ...history,
    retryOperation: async (operationId, command) => {
      const { length } = await history.attemptsOf(operationId);
      const retried = await history.retryOperation(operationId, command);
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

/** Defects of what the history promises. */
export const historyMutations = {
  'no-fencing': { about: 'a write is not refused to an overtaken claim', history: withoutFencing },
  'no-compare-and-set': {
    about: 'a claim is granted although another worker holds a living lease',
    history: withoutCompareAndSet,
  },
  'dead-worker-forgotten': {
    about: 'an operation whose worker died is not queued again',
    history: withDeadWorkersForgotten,
  },
  'slot-not-freed': { about: 'the slot of a create that ended is not released', history: withSlotsKept },
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
  'cancel-not-fenced': {
    about: 'the worker of a cancelled operation continues: its revision was not raised',
    history: withoutFencedCancels,
  },
  'attempts-restarted': { about: 'a retry numbers the attempts from 1 again', history: withAttemptsRestarted },
  'later-verification-believed': {
    about: 'what was made before a node was found that could not use the repository is kept once a verification passes',
    history: withDistrustForgotten,
  },
} as const satisfies Readonly<Record<string, Mutation & { readonly about: string }>>;
