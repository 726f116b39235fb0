import { deleteBackup } from '@tandem/api/backups/delete-backup.ts';
import { cancel, retry } from '@tandem/api/operations/operate.ts';
import type { Backup } from '@tandem/shared/contract/backups.ts';
import { fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { type ApiReplica, askReplica, mayPass } from '../processes/api-replica.ts';
import { type Accepted, isCreate, momentOf, type Watched } from '../watch/watched.ts';
import type { Clients } from './clients.ts';
import type { Command } from './scenario.ts';
import { bringAgain, decide, drawDecision } from './suspensions.ts';
import type { World } from './world.ts';

export type People = {
  /** To be called whenever something happened to an operation. */
  readonly look: (operation: Watched) => void;
  /** Nobody waits for an answer any more. */
  readonly isDone: () => boolean;
};

/** After that many retries of an operation an operator stops retrying. */
const MAX_RETRIES = 3;

/** They watch what happens to the backups, and ask for a deletion, a cancel or a retry when the moment has come. */
export const startPeople = (world: World, clients: Clients): People => {
  const { scenario, scheduler, random, watch } = world;
  const commands = new Set(scenario.commands);
  const decided = new Set<string>();
  let waiting = 0;
  let processes = 0;

  const askUntilAnswered = async (what: string, request: (replica: ApiReplica) => Promise<unknown>): Promise<void> => {
    processes += 1;
    try {
      await askReplica(world, `person-${processes}`, request);
      world.trace?.(`person  ${what}: 200`);
      waiting -= 1;
    } catch (error) {
      world.trace?.(`person  ${what}: ${isFailure(error) ? error.code : String(error)}`);
      if (mayPass(world, error)) scheduler.after(random.between(50, 3_000), () => void askUntilAnswered(what, request));
      else waiting -= 1;
    }
  };

  const askSoon = (what: string, request: (replica: ApiReplica) => Promise<unknown>, then?: () => void): void => {
    waiting += 1;
    const delayMs = random.between(0, random.pick([3, 3, 60, 60, 5_000, 30_000]) ?? 3);
    scheduler.after(delayMs, () => void askUntilAnswered(what, request).then(then));
  };

  const fulfil = ({ kind, again }: Command, { create, operationId, deletions }: Accepted): void => {
    const { backupId, location } = create;
    const askAgain = () => (again ? clients.askAgain(backupId, location.repository) : undefined);
    if (kind === 'delete') {
      askSoon(`deletes ${backupId}`, deleteRequest(backupId), askAgain);
      return;
    }
    const open = kind === 'cancelDeletion' ? deletions.find(({ ended }) => ended === undefined) : undefined;
    const target = open?.operationId ?? operationId;
    askSoon(`${kind}s ${target}`, cancelRequest(target, kind === 'cancelAndDelete'));
  };

  const retrySoon = (operation: Watched): void => {
    const wants = operation.retries < MAX_RETRIES && random.chance(scenario.retries);
    if (wants) askSoon(`retries ${operation.operationId}`, retryRequest(operation.operationId));
  };

  const decideSoon = (operation: Watched): void => {
    const moment = `${operation.operationId} ${operation.suspendedAt}`;
    if (operation.suspendedAt === undefined || decided.has(moment)) return;
    decided.add(moment);
    bringAgain(world, operation);
    const decision = drawDecision(world);
    if (decision === undefined) return;
    askSoon(`${decision} of ${operation.operationId}`, decide(world, decision, operation));
  };

  const look = (operation: Watched): void => {
    decideSoon(operation);
    if (operation.ended === 'FAILED') retrySoon(operation);
    if (world.calm) return;
    const backup = isCreate(operation) ? operation : watch.deletionOf(operation)?.of;
    if (backup === undefined) return;
    const moment = momentOf(backup);
    const command = [...commands].find(
      ({ backupId, when }) => backupId === backup.create.backupId && (when === moment || when === 'any'),
    );
    if (command === undefined) return;
    commands.delete(command);
    fulfil(command, backup);
  };

  return { look, isDone: () => waiting === 0 };
};

const commandOf = ({ actor, requestId }: ApiReplica['context']) => ({ actor, reason: undefined, requestId });

const cancelRequest = (operationId: string, deleteSnapshots: boolean) => (replica: ApiReplica) =>
  cancel(replica, operationId, commandOf(replica.context), deleteSnapshots);

const retryRequest = (operationId: string) => (replica: ApiReplica) =>
  retry(replica, operationId, commandOf(replica.context));

const deleteRequest = (backupId: string) => (replica: ApiReplica) => {
  const deps = { ...replica, location: () => undefined, readBackup: () => readFromHistory(replica, backupId) };
  return deleteBackup(deps)(
    { backupId, reason: 'no longer needed', confirm: backupId, deleteDiscovered: false },
    replica.context,
  );
};

/** The record alone: nothing is discovered, so every set in the engine keeps the story that the run began with. */
const readFromHistory = async ({ history }: ApiReplica, backupId: string): Promise<Backup> => {
  const record = await history.findBackupWithDeleted(backupId, undefined);
  if (record === undefined) throw fail('BACKUP_NOT_FOUND', `No backup has the id ${backupId}.`, { backupId });
  return { deletedAt: record.deletedAt?.toISOString() ?? null } as Backup;
};
