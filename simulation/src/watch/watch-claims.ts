import type { Acceptance, NewCreate } from '@tandem/history/ports/backups.ts';
import type { Claim, ClaimOptions, OperationChange, Recorded } from '@tandem/history/ports/ledger.ts';
import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import { laneOf } from '@tandem/shared/domain/backup/location.ts';
import { unclaimedMs } from './watch-suspensions.ts';
import { type Accepted, heldNow, isActive, isCreate, isDeleted, renewNow, type Watched } from './watched.ts';
import type { Watching } from './watching.ts';

/** Who may work on an operation, and what is written of it. */
export const watchClaims = (
  watching: Watching,
  onCreateChanged: (operation: Accepted, change: OperationChange) => void,
) => {
  const { now, createsPerRepository, suspendAfterMs, clock, accepted, operationOf, broken, onChange } = watching;
  const onAccept = (create: NewCreate, result: Acceptance, backupKey: string): void => {
    if (!result.accepted) return;
    const twins = [...accepted.values()].filter((other) => other.create.backupId === create.backupId);
    if (!twins.every(isDeleted)) broken('answered', `${create.backupId} was accepted twice`);
    const operation: Accepted = {
      operationId: create.operationId,
      create,
      backupKey,
      position: accepted.size + 1,
      lane: laneOf(create.location),
      uuids: new Set(),
      deletions: [],
      // whoever took a name has it still
      excuses: new Set(twins.flatMap(({ excuses }) => [...excuses])),
      held: undefined,
      hasSlot: false,
      claimedAt: 0,
      isAbandoned: false,
      isDrifting: false,
      record: undefined,
      settled: undefined,
      ended: undefined,
      retries: 0,
      retriedAt: 0,
      suspendedAt: undefined,
      activeAt: now(),
      dueAt: now(),
    };
    accepted.set(create.operationId, operation);
    onChange(operation);
  };

  const onClaim = (operationId: string, { worker, leaseMs }: ClaimOptions, claim: Claim): void => {
    const operation = operationOf(operationId);
    if (operation === undefined) return;
    // who waits for a slot is not forgotten
    if (!claim.claimed && claim.why === 'queued')
      Object.assign(operation, { activeAt: now(), dueAt: now() + claim.dueInMs });
    if (!claim.claimed) return;
    requireClaimable(operation);
    operation.activeAt = now();
    const { held } = operation;
    const { revision } = claim.operation;
    if (operation.ended !== undefined) broken('fenced', `${worker} claimed ${operationId} after its end`);
    if (held !== undefined && !held.released && held.leaseUntil > now())
      broken('fenced', `${worker} claimed ${operationId} while ${held.by} held it`);
    if (held !== undefined && revision <= held.revision)
      broken('fenced', `${worker} claimed ${operationId} under the used revision ${held.revision}`);
    if (isCreate(operation)) {
      if (!operation.hasSlot) takeSlot(operation);
      operation.record = claim.operation.backup;
      operation.claimedAt = now();
    }
    operation.held = heldNow({ revision, by: worker, leaseMs }, now(), held);
  };

  const requireClaimable = (operation: Watched): void => {
    const { operationId, suspendedAt } = operation;
    const waited = unclaimedMs(operation, now());
    if (suspendedAt !== undefined) broken('suspended', `${operationId} was claimed while it was suspended`);
    const jumpedMs = clock.forwardMs(0) + clock.backwardMs(0);
    if (waited > suspendAfterMs + jumpedMs)
      broken('suspended', `${operationId} was claimed, ${waited} ms after it was due`);
  };

  const takeSlot = (operation: Accepted): void => {
    const lane = [...accepted.values()].filter((other) => other.lane === operation.lane && isActive(other));
    const free = createsPerRepository - lane.filter(({ hasSlot }) => hasSlot).length;
    const ahead = lane.filter(({ hasSlot, position }) => !hasSlot && position < operation.position).length;
    const id = operation.create.backupId;
    if (free < 1) broken('slots', `${id} began although every slot was taken`);
    if (ahead >= free) broken('slots', `${id} began before ${ahead} that were accepted earlier`);
    operation.hasSlot = true;
  };

  const onRenew = (operationId: string, revision: number, renewed: boolean): void => {
    const held = operationOf(operationId)?.held;
    if (!renewed || held === undefined) return;
    if (held.revision !== revision || held.released)
      broken('fenced', `the lease of revision ${revision} of ${operationId} was renewed after it was over`);
    renewNow(held, now());
  };

  const onRecord = (operationId: string, revision: number, change: OperationChange, recorded: Recorded): void => {
    const operation = operationOf(operationId);
    if (!recorded.written || operation === undefined) return;
    const { held } = operation;
    if (operation.ended !== undefined) broken('fenced', `${operationId} was written to after its end`);
    if (held === undefined || held.revision !== revision || held.released)
      broken('fenced', `revision ${revision} of ${operationId} wrote after it was overtaken by ${held?.revision}`);
    if (change.attempt?.reason?.code === 'UNEXPECTED') broken('quiet', change.attempt.reason.message);
    operation.activeAt = now();
    if (isCreate(operation)) onCreateChanged(operation, change);
    if (change.outcome.do === 'hold' || held === undefined) return;
    held.released = true;
    if (change.outcome.do === 'wait') operation.dueAt = now() + change.outcome.inMs;
    if (change.outcome.do === 'end') end(operation, change.outcome);
  };

  const end = (operation: Watched, { state, failure }: Extract<OperationChange['outcome'], { do: 'end' }>): void => {
    operation.ended = state;
    const isSpent = /tries in a row/.test(String(failure?.data.gaveUp));
    if (state !== 'FAILED') return;
    if (!isCreate(operation)) {
      if (!isSpent) broken('ends', `the deletion ${operation.operationId} FAILED: ${failure?.message}`);
      return;
    }
    if (isSpent) operation.excuses.add('its tries were spent');
    if (operation.excuses.size === 0) broken('ends', `${operation.create.backupId} FAILED: ${failure?.message}`);
  };

  /** What the database holds of it after a write; undefined: a newer incarnation hides it. */
  const onRead = (operation: Accepted, record: BackupRecord | undefined): void => {
    operation.record = record ?? operation.record;
    for (const { uuid } of record?.parts ?? []) if (uuid !== undefined) operation.uuids.add(uuid);
    if (record === undefined || operation.deletions.at(-1)?.ended !== 'SUCCEEDED') return;
    const settled = { state: record.state, endedAt: record.endedAt?.getTime() };
    const before = operation.settled ?? settled;
    operation.settled = settled;
    if (settled.state !== before.state || settled.endedAt !== before.endedAt)
      broken('unchanged', `${record.backupId} was ${before.state} when its deletion had ended, and is ${record.state}`);
  };

  return { operationOf, onAccept, onClaim, onRenew, onRecord, onRead, onChange };
};
