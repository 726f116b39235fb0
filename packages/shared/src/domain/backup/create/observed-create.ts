import type { Reason } from '../../failure/reason.ts';
import { RELEASE_WITHIN_MS } from '../../operation/suspension.ts';
import type { PartRecord } from '../backup.ts';
import type { Snapshot } from '../snapshot.ts';
import { readMemory } from './create-memory.ts';
import { differenceFromPlan, isOurs } from './create-step.ts';

/** What the sweep does about a suspended create: it only reads and sends the engine no write. */
export type ObservedCreate =
  /** Every part is in the engine, ours and complete: it had succeeded all the same. `snapshots` in the order of the parts. */
  | { readonly verdict: 'succeeded'; readonly snapshots: readonly Snapshot[] }
  /** Nobody released it in time. */
  | { readonly verdict: 'failed'; readonly reason: Reason }
  | { readonly verdict: 'wait' };

export type SuspendedCreateFacts = {
  readonly operationId: string;
  readonly parts: readonly PartRecord[];
  /** The operation's. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** What the repository holds under the parts' names; undefined: it could not be read, or is another repository now. */
  readonly seen: readonly Snapshot[] | undefined;
  readonly suspendedAt: Date;
  readonly now: Date;
};

/** Pure. */
export const observeCreate = (facts: SuspendedCreateFacts): ObservedCreate => {
  const { operationId, parts, detail, seen, suspendedAt, now } = facts;
  const snapshots = parts.flatMap((part) => seen?.find(({ name }) => name === part.snapshotName) ?? []);
  const isTrusted = parts.every(({ number }) => !readMemory(detail, number).distrusted);
  if (isTrusted && parts.length > 0 && isComplete(operationId, parts, snapshots)) {
    return { verdict: 'succeeded', snapshots };
  }
  const isLate = now.getTime() - suspendedAt.getTime() >= RELEASE_WITHIN_MS;
  return isLate ? { verdict: 'failed', reason: notReleased(suspendedAt) } : { verdict: 'wait' };
};

/** As planned, and each part begun after the one before it had ended. */
const isComplete = (operationId: string, parts: readonly PartRecord[], snapshots: readonly Snapshot[]): boolean =>
  parts.every((part, at) => {
    const [before, snapshot] = [snapshots[at - 1], snapshots[at]];
    if (snapshot === undefined || snapshot.state !== 'SUCCESS' || !isOurs(operationId, part, snapshot)) return false;
    return differenceFromPlan(part, snapshot) === undefined && isInOrder(before, snapshot);
  });

const isInOrder = (before: Snapshot | undefined, { startedAt }: Snapshot): boolean =>
  before === undefined ||
  (startedAt !== undefined && before.endedAt !== undefined && startedAt.getTime() >= before.endedAt.getTime());

const notReleased = (suspendedAt: Date): Reason => ({
  code: 'OPERATION_NOT_RELEASED',
  message: `It was suspended at ${suspendedAt.toISOString()}, and was not released within ${RELEASE_WITHIN_MS / 86_400_000} days. Retry it to take the backup now, or request a backup under another id.`,
  data: { suspendedAt: suspendedAt.toISOString() },
});
