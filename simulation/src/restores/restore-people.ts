import { cancel, retry } from '@tandem/api/operations/operate.ts';
import { makePlan } from '@tandem/api/restores/make-plan.ts';
import { rehearseBackup } from '@tandem/api/restores/rehearse-backup.ts';
import { requestRestore } from '@tandem/api/restores/request-restore.ts';
import type { Engine } from '@tandem/engine/port.ts';
import { gatherPlan } from '@tandem/planning/plan/gather-plan.ts';
import { fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { RestorePlan } from '@tandem/shared/domain/restore/plan/planned-restore.ts';
import { type ApiReplica, askReplica, mayPass } from '../processes/api-replica.ts';
import type { World } from '../scenario/world.ts';
import type { RestoreCommand, RestoreScenario } from './restore-scenario.ts';
import type { WatchedRestore } from './watch/watched-restore.ts';

export type RestorePeople = {
  /** To be called once the backup is COMPLETED. */
  readonly begin: () => void;
  /** To be called whenever something happened to a restore. */
  readonly look: (restore: WatchedRestore) => void;
  readonly hasBegun: () => boolean;
  readonly isDone: () => boolean;
};

export const RESTORED = 'backup-1';
/** What is in the way may go away. */
const PATIENCE = 4;
const MAX_RETRIES = 2;

/** They plan and ask for restores and rehearsals, stop some of them, and have some of those retried that FAILED. */
export const startRestorePeople = (world: World, scenario: RestoreScenario): RestorePeople => {
  const { scheduler, random } = world;
  let hasBegun = false;
  let waiting = 0;
  let processes = 0;
  const seen = new Set<string>();

  const askUntilAnswered = async (what: string, request: Request, patience: number): Promise<void> => {
    processes += 1;
    try {
      await askReplica(world, `person-${processes}`, request);
      world.trace?.(`person  ${what}: 200`);
      waiting -= 1;
    } catch (error) {
      world.trace?.(`person  ${what}: ${isFailure(error) ? `${error.code} ${error.message}` : String(error)}`);
      const left = isFailure(error, ...IN_THE_WAY) ? patience - 1 : patience;
      const isRetried = mayPass(world, error) || (isFailure(error, ...IN_THE_WAY) && left > 0);
      if (isRetried) scheduler.after(random.between(50, 8_000), () => void askUntilAnswered(what, request, left));
      else waiting -= 1;
    }
  };

  const askLater = (inMs: number, what: string, request: Request, patience = 1): void => {
    waiting += 1;
    scheduler.after(inMs, () => void askUntilAnswered(what, request, patience));
  };

  const stopSometime = ({ operationId, hasIntent }: WatchedRestore): void => {
    const inMs = random.between(0, random.pick(hasIntent ? [50, 20_000, 20_000] : [200, 5_000, 60_000]) ?? 200);
    askLater(inMs, `stops ${operationId}`, stopRequest(operationId));
    if (random.chance(0.2)) askLater(inMs + random.between(0, 20), `stops ${operationId}`, stopRequest(operationId));
  };

  const look = (restore: WatchedRestore): void => {
    const { operationId, ended, retries } = restore;
    const moment = `${operationId} ${retries} ${restore.hasIntent}`;
    if (!seen.has(moment) && random.chance(scenario.stops)) stopSometime(restore);
    seen.add(moment);
    if (ended !== 'FAILED' || retries >= MAX_RETRIES || !random.chance(scenario.base.retries)) return;
    askLater(random.between(0, random.pick([50, 20_000]) ?? 50), `retries ${operationId}`, retryRequest(operationId));
  };

  const begin = (): void => {
    hasBegun = true;
    for (const command of scenario.commands)
      askLater(command.atMs, `asks for a ${command.kind}`, restoreRequest(world, command), PATIENCE);
  };

  return { begin, look, hasBegun: () => hasBegun, isDone: () => hasBegun && waiting === 0 };
};

type Request = (replica: ApiReplica) => Promise<unknown>;

const IN_THE_WAY = ['RESTORE_BLOCKED', 'RESTORE_RUNNING', 'BACKUP_BUSY', 'PLAN_CHANGED'] as const;

const commandOf = ({ actor, requestId }: ApiReplica['context']) => ({ actor, reason: undefined, requestId });

const stopRequest =
  (operationId: string): Request =>
  (replica) =>
    cancel(replica, operationId, commandOf(replica.context), false);

const retryRequest =
  (operationId: string): Request =>
  (replica) =>
    retry(replica, operationId, commandOf(replica.context));

/** The record alone: the set in the engine is what it was made as. */
const findRecord = (replica: ApiReplica) => async (backupId: string) => {
  const record = await replica.history.findBackup(backupId, undefined);
  if (record === undefined) throw fail('BACKUP_NOT_FOUND', `No backup has the id ${backupId}.`, { backupId });
  return { record, state: record.state, asOf: undefined };
};

const gatherOf = ({ engine, history }: ApiReplica) =>
  gatherPlan({
    indexPrefix: 'optimize',
    engine: engine as Engine,
    history,
    configuredVersion: undefined,
    repository: undefined,
    optimizeAnswersAt: async () => undefined,
  });

const restoreRequest =
  (world: World, command: RestoreCommand): Request =>
  (replica) =>
    command.kind === 'rehearsal' ? rehearse(command, replica) : restore(world, command, replica);

const rehearse = ({ sample }: RestoreCommand, replica: ApiReplica): Promise<unknown> => {
  const deps = { ...replica, findRecord: findRecord(replica), gather: gatherOf(replica) };
  return rehearseBackup(deps)(
    { backupId: RESTORED, indices: sample, acceptDiskShort: false, reason: undefined },
    replica.context,
  );
};

/** What Tandem cannot tell is for an operator to decide. */
const decide = ({ random }: World, { blockers }: RestorePlan, deleteExisting: boolean) => {
  const undecided = blockers.find(({ code }) => code === 'UNKNOWN_INDICES')?.found ?? [];
  const deleteUnknown = undecided.filter(() => deleteExisting && random.chance(0.5));
  return { deleteUnknown, keepUnknown: undecided.filter((name) => !deleteUnknown.includes(name)) };
};

const restore = async (world: World, command: RestoreCommand, replica: ApiReplica): Promise<unknown> => {
  const { context, history } = replica;
  const { deleteExisting, safetyBackup, rollback, restoreTemplates } = command;
  const plan = makePlan({ findRecord: findRecord(replica), gather: gatherOf(replica), history });
  const target = command.kind === 'renamed' ? { renamePattern: '^(.+)$', renameReplacement: 'copy-$1' } : undefined;
  const fields = {
    ...{ backupId: RESTORED, target, indices: command.chosen, deleteExisting, acceptVersion: undefined },
    ...{
      acceptDiskShort: false,
      acceptFailedRehearsal: false,
      acceptInconsistent: true,
      acceptUnknownVersions: false,
      dropAllocation: false,
      deleteUnknown: [],
      keepUnknown: [],
    },
  };
  const decided = { ...fields, ...decide(world, (await plan(fields, context)).plan, deleteExisting) };
  const reviewed = await plan(decided, context);
  const deletes = reviewed.plan.deletes.map(({ index }) => index);
  const acceptUnsaved = safetyBackup ? deletes.slice(0, command.unsaved) : deletes;
  const what = acceptUnsaved.length === 0 ? decided : { ...decided, acceptUnsaved };
  const { planHash } = (acceptUnsaved.length === 0 ? reviewed : await plan(what, context)).plan;
  const request = requestRestore({
    ...replica,
    makePlan: plan,
    history,
    repository: 'one',
  });
  const rest = { planHash, rollback, restoreTemplates, safetyBackup, confirm: RESTORED, reason: 'a drill' };
  return request({ ...what, ...rest }, context);
};
