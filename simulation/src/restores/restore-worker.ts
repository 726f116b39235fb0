import type { Engine, NewRestore } from '@tandem/engine/port.ts';
import type { History } from '@tandem/history/ports/history.ts';
import { gatherPlan } from '@tandem/planning/plan/gather-plan.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import type { ExhaustedHandler, JobDefinition, OperationJobHandler } from '@tandem/worker/jobs/job.ts';
import type { RestoreJob } from '@tandem/worker/jobs/restore/context.ts';
import { exhaustedRestore } from '@tandem/worker/jobs/restore/end/end.ts';
import { restoreJob } from '@tandem/worker/jobs/restore/restore.ts';
import { leasedEngine, tickEngine } from '../leases/tick-engine.ts';
import type { SimulatedProcess } from '../processes/simulated-process.ts';
import type { World } from '../scenario/world.ts';
import { isComplete, targetNames } from './index-side.ts';
import type { Restores } from './restores.ts';
import type { Sender } from './watch/watched-restore.ts';

type Shared = Omit<RestoreJob, 'gather' | 'optimizeAnswersAt' | 'history'> & { readonly history: History };

const answersNowhere = async (): Promise<undefined> => undefined;

/** The real jobs of restores and rehearsals; their engine is made for each tick, so that a call is known by who sent it. */
export const restoreJobs = (world: World, restores: Restores, process: SimulatedProcess, shared: Shared) => {
  const { mutation } = world;
  const jobOf = (operation: ClaimedOperation): RestoreJob => {
    const watched = withSenders(restores, leasedEngine(world, process, shared.engine, operation), operation);
    const seen = { ...watched, ...mutation.restoreEngine?.(watched, operation) };
    const gather = gatherPlan({
      indexPrefix: 'optimize',
      engine: watched,
      history: shared.history,
      configuredVersion: undefined,
      repository: undefined,
      optimizeAnswersAt: answersNowhere,
    });
    const history: History = {
      ...shared.history,
      accept: (create) => {
        world.watch.onTickSend(operation, `the request of ${create.backupId}`, restores.all.get(operation.operationId));
        return shared.history.accept(create);
      },
    };
    const job = { ...shared, history, engine: seen, gather, optimizeAnswersAt: answersNowhere };
    return mutation.restoreJob?.(job) ?? job;
  };
  const restore: OperationJobHandler = (operation, tools) => {
    const job = jobOf(operation);
    const engine = tickEngine(mutation, job.engine, operation, tools);
    const own = mutation.uncheckedJob === true ? { ...tools, assertHeld: () => undefined } : tools;
    return restoreJob({ ...job, engine })(operation, own);
  };
  const exhausted: ExhaustedHandler = (operation, reason) => exhaustedRestore(jobOf(operation))(operation, reason);
  const handler = (mutation.restoreHandler ?? mutation.handler)?.(restore) ?? restore;
  const definition: JobDefinition = { run: handler, giveUp: exhausted };
  return { restore: definition, rehearse: definition };
};

/** Keeps what the tick saw, and says who sent what. */
const withSenders = (restores: Restores, engine: Engine, operation: ClaimedOperation): Engine => {
  const restore = restores.all.get(operation.operationId);
  const sender: Sender = { restore, seen: new Map(), snapshots: new Map(), intact: new Map(), read: new Map() };
  const keep = <T extends { readonly name: string; readonly uuid: string }>(
    seen: Map<string, string | undefined>,
    names: readonly string[],
    found: readonly T[],
  ): readonly T[] => {
    for (const name of names) seen.set(name, found.find((one) => one.name === name)?.uuid);
    return found;
  };
  /** A copy, by which the call is known where it takes effect. */
  const sent = (names: readonly string[]): readonly string[] => {
    const own = [...names];
    restores.senders.set(own, sender);
    return own;
  };
  return {
    ...engine,
    describeIndices: async (names) => keep(sender.seen, names, await engine.describeIndices(names)),
    indexRecoveries: async (names) => keep(sender.seen, names, await engine.indexRecoveries(sent(names))),
    findSnapshots: async (repository, names) => {
      const found = await engine.findSnapshots(repository, names);
      for (const snapshot of found.filter(isComplete)) sender.intact.set(snapshot.name, snapshot.uuid);
      return keep(sender.snapshots, names, found);
    },
    measureIndices: (names, order) => engine.measureIndices(sent(names), order),
    readOperations: (names) => engine.readOperations(sent(names)),
    deleteIndices: async (names) => {
      const own = sent(names);
      restores.onDeleteSend(own, operation, sender);
      restores.requirePlanned(sender);
      return engine.deleteIndices(own);
    },
    startRestore: async (call) => {
      const own: NewRestore = { ...call };
      restores.senders.set(own, sender);
      restores.onSend(`the restore of ${targetNames(call).join()}`, operation, sender);
      restores.requirePlanned(sender);
      return engine.startRestore(own);
    },
    putTemplates: async (templates) => {
      restores.onSend('the templates', operation, sender);
      return engine.putTemplates(templates);
    },
  };
};
