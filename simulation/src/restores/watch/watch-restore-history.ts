import type { Acceptance, NewCreate } from '@tandem/history/ports/backups.ts';
import type { Claim, ClaimOptions, OperationChange, Recorded } from '@tandem/history/ports/ledger.ts';
import type { Retried } from '@tandem/history/ports/operations.ts';
import type { NewRestoreOperation, RestoreRequested, Stopped } from '@tandem/history/ports/restores.ts';
import { hasWritten } from '@tandem/shared/domain/restore/run/restore-expiry.ts';
import {
  NO_MEMORY,
  type RestoredUuids,
  type RestoreMemory,
  type RestoreTask,
} from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { heldNow, renewNow } from '../../watch/watched.ts';
import { checkDifferences, checkProofs } from './check-proofs.ts';
import { checkRestored, landedLate } from './check-restored.ts';
import { excuseOf } from './excuses.ts';
import { isOpen, type WatchedRestore } from './watched-restore.ts';
import type { WatchingRestores } from './watching-restores.ts';

/** Who may work on a restore, what is written of it, and what is accepted beside it. */
export const watchRestoreHistory = (watching: WatchingRestores) => {
  const { world, all, events } = watching;
  const { watch, scheduler } = world;
  const { broken } = watch;

  /** An open one other than `but` that writes under the names of Optimize's indices. */
  const inPlace = (but?: string): WatchedRestore | undefined =>
    [...all.values()].find((one) => isOpen(one) && one.task.inPlace && one.operationId !== but);

  const requireAlone = ({ operationId, request }: WatchedRestore): void => {
    if (request.kind !== 'restore') return;
    const other = [...all.values()].find(
      (one) => isOpen(one) && one.request.kind === 'restore' && one.operationId !== operationId,
    );
    if (other !== undefined) broken('alone', `${operationId} was opened beside ${other.operationId}`);
  };

  const onRequest = (request: NewRestoreOperation, result: RestoreRequested): void => {
    if (!result.accepted) return;
    const { operationId, detail } = request;
    const task = detail.task as RestoreTask;
    const restore: WatchedRestore = {
      operationId,
      request,
      task,
      reviewed: new Set(task.deletes.flatMap(({ uuid }) => watching.documents.of(uuid))),
      step: 'preflight',
      made: new Map(),
      recorded: new Set(),
      held: undefined,
      fenced: undefined,
      ended: undefined,
      retries: 0,
      retriedAt: 0,
      suspendedAt: undefined,
      activeAt: scheduler.now(),
      dueAt: scheduler.now(),
      runSince: undefined,
      isStopped: false,
      hasBegun: false,
      hasIntent: false,
      writesSince: undefined,
      isRestored: false,
      found: {},
      leftBehind: new Set(),
      tickSince: 0,
      acceptedAt: scheduler.now(),
      progressAt: scheduler.now(),
    };
    requireAlone(restore);
    all.set(operationId, restore);
    events.onChange(restore);
  };

  const onClaim = (restore: WatchedRestore, { worker, leaseMs }: ClaimOptions, claim: Claim): void => {
    if (!claim.claimed) return;
    const { held, operationId } = restore;
    const { revision } = claim.operation;
    if (!isOpen(restore)) broken('fenced', `${worker} claimed ${operationId} after its end`);
    if (held !== undefined && !held.released && held.leaseUntil > scheduler.now())
      broken('fenced', `${worker} claimed ${operationId} while ${held.by} held it`);
    restore.runSince ??= scheduler.now();
    restore.tickSince = scheduler.now();
    restore.held = heldNow({ revision, by: worker, leaseMs }, scheduler.now(), held);
  };

  const onRenew = (restore: WatchedRestore, revision: number, renewed: boolean): void => {
    const { held, operationId } = restore;
    if (!renewed || held === undefined) return;
    if (held.revision !== revision || held.released)
      broken('fenced', `the lease of revision ${revision} of ${operationId} was renewed after it was over`);
    renewNow(held, scheduler.now());
  };

  const onRecord = async (restore: WatchedRestore, revision: number, change: OperationChange, result: Recorded) => {
    if (!result.written) return;
    const { held, operationId } = restore;
    if (!isOpen(restore)) broken('fenced', `${operationId} was written to after its end`);
    if (held === undefined || held.revision !== revision || held.released)
      broken('fenced', `revision ${revision} of ${operationId} wrote after it was overtaken by ${held?.revision}`);
    if (change.attempt?.reason?.code === 'UNEXPECTED') broken('quiet', change.attempt.reason.message);
    const memory = { ...NO_MEMORY, ...(change.detail?.memory as Partial<RestoreMemory> | null | undefined) };
    const { ending } = memory;
    if (change.detail?.memory) restore.step = memory.step;
    if (ending?.state === 'SUCCEEDED' && !restore.isRestored) await checkRestored(watching, restore);
    if (ending?.state === 'SUCCEEDED') restore.isRestored = true;
    if (change.evidence !== undefined) {
      checkProofs(watching, restore, change.evidence);
      restore.found = { ...restore.found, ...change.evidence };
    }
    const { restored } = change.detail ?? {};
    if (restored !== undefined) onOwn(restore, (restored ?? {}) as RestoredUuids);
    if (change.outcome.do === 'hold') restore.hasIntent = true;
    if (hasWritten(memory)) restore.writesSince ??= restore.tickSince;
    if (held === undefined || change.outcome.do === 'hold') return events.onChange(restore);
    held.released = true;
    if (change.outcome.do === 'end' && change.outcome.state === 'SUCCEEDED') await requireLifted(restore);
    if (change.tries !== 'failed') restore.progressAt = restore.tickSince;
    if (change.outcome.do === 'end') end(restore, change.outcome);
    events.onChange(restore);
  };

  /** In this world nothing was saved with a block. */
  const requireLifted = async ({ operationId, task, made, tickSince }: WatchedRestore): Promise<void> => {
    const names = task.inPlace ? task.parts.flatMap(({ indices }) => indices.map(({ as }) => as)) : [];
    const found = names.length === 0 ? [] : await world.engine.port.indexRecoveries(names);
    for (const { name, uuid, blocks } of found) {
      const isOurs = made.has(uuid) && !watching.touched.has(uuid);
      if (isOurs && blocks.length > 0 && (watching.disturbed.get(name) ?? -1) < tickSince)
        broken('restored', `${operationId} is restored, and ${name} is still blocked`);
    }
  };

  /** Once the engine accepted a part, and until uuids are written down, its names tell what is its own (decision 0008). */
  const onOwn = (restore: WatchedRestore, restored: RestoredUuids): void => {
    const { made, operationId } = restore;
    for (const [name, uuid] of Object.entries(restored)) {
      const mayBeMistaken = [...made.values()].some((index) => index.name === name);
      const snapshotUuid = restore.task.parts.find(({ indices }) => indices.some(({ as }) => as === name))?.uuid;
      if (!made.has(uuid) && !mayBeMistaken && !landedLate(watching, uuid, snapshotUuid))
        broken('own', `${operationId} takes ${name} (${uuid}) for its own`);
    }
    restore.recorded = new Set(Object.values(restored));
  };

  const end = (restore: WatchedRestore, outcome: Extract<OperationChange['outcome'], { do: 'end' }>): void => {
    const { operationId, task, isStopped } = restore;
    const { state, failure } = outcome;
    const { proof, partialProof, failedRehearsal } = restore.found;
    restore.ended = state;
    if (failure?.data.gaveUp !== undefined && failure.data.rolledBack !== true)
      for (const uuid of restore.made.keys()) restore.leftBehind.add(uuid);
    if (state === 'CANCELLED' && !isStopped) broken('ends', `${operationId} is CANCELLED, and nobody stopped it`);
    if (state === 'FAILED' && !excuseOf(watching, restore, failure))
      broken('ends', `${operationId} FAILED: ${failure?.code} ${failure?.message}`);
    const proofs = [proof, partialProof].filter((one) => one !== undefined);
    // also where its copy could not be removed afterwards
    if (proofs.length !== (task.copy && restore.isRestored ? 1 : 0))
      broken('proof', `${operationId} is ${state}, and wrote ${proofs.length} proofs`);
    checkDifferences(watching, restore, failure);
    // what a rehearsal had found before its rollback ran out of tries is true all the same
    const found = [failure?.code, failure?.data.endedBecause];
    const isAboutBackup = found.includes('RESTORE_DIFFERS') || found.includes('RESTORE_SHARDS_FAILED');
    if (task.copy && isAboutBackup && failedRehearsal === undefined)
      broken('proof', `${operationId} FAILED with ${found.join(', ')}, and left no failed rehearsal`);
    if (state === 'SUCCEEDED' && failedRehearsal?.operationId === operationId)
      broken('proof', `${operationId} SUCCEEDED, and left a failed rehearsal`);
  };

  const onStop = (restore: WatchedRestore, result: Stopped): void => {
    if (!result.done) return;
    if (!isOpen(restore)) broken('fenced', `${restore.operationId} was stopped after its end`);
    if (!restore.isStopped && restore.held !== undefined) {
      restore.held.released = true;
      restore.fenced = restore.held;
    }
    restore.isStopped = true;
  };

  const onRetry = (restore: WatchedRestore, result: Retried): void => {
    if (!result.done) return;
    if (restore.ended !== 'FAILED') broken('fenced', `${restore.operationId} was retried and is ${restore.ended}`);
    Object.assign(restore, {
      ended: undefined,
      runSince: undefined,
      isStopped: false,
      hasBegun: false,
      hasIntent: false,
      writesSince: undefined,
      isRestored: false,
      found: {},
      retriedAt: scheduler.now(),
      progressAt: scheduler.now(),
    });
    restore.retries += 1;
    requireAlone(restore);
    events.onChange(restore);
  };

  const onAccept = ({ backupId, safetyOf, parts }: NewCreate, result: Acceptance): void => {
    if (!result.accepted) return;
    const restore = inPlace(safetyOf);
    if (restore !== undefined) broken('exclusive', `${backupId} was accepted while ${restore.operationId} was open`);
    if (all.size > 0) for (const part of parts) watch.excuse(part.snapshotName, 'restores move its indices');
  };

  /** To be called with everything that PostgreSQL did. */
  const onHistory = async (method: string, args: readonly unknown[], result: unknown): Promise<void> => {
    const [first, second, third] = args;
    if (method === 'accept') return onAccept(first as NewCreate, result as Acceptance);
    if (method === 'requestRestore') return onRequest(first as NewRestoreOperation, result as RestoreRequested);
    if (method === 'findRestore') watching.readAt.set(String(first), scheduler.now());
    const restore = all.get(String(first));
    if (restore === undefined) return;
    if (method === 'claim') onClaim(restore, second as ClaimOptions, result as Claim);
    if (method === 'renew') onRenew(restore, second as number, result as boolean);
    if (method === 'record') await onRecord(restore, second as number, third as OperationChange, result as Recorded);
    if (method === 'stopRestore') onStop(restore, result as Stopped);
    if (method === 'retryOperation') onRetry(restore, result as Retried);
  };

  /** The engine has begun a snapshot. */
  const onSnapshot = (operationId: string, sentAt: number): void => {
    const create = watch.accepted.get(operationId)?.create;
    const restore = inPlace(create?.safetyOf);
    // before it changes anything it looks for backups that are being made
    if (restore === undefined || !restore.hasBegun || Math.max(restore.acceptedAt, restore.retriedAt) > sentAt) return;
    broken('exclusive', `a snapshot of ${create?.backupId} was begun while ${restore.operationId} was open`);
  };

  return { onHistory, onSnapshot };
};
