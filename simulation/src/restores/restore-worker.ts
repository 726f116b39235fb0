import type { Engine, NewRestore } from '@tandem/engine/port.ts';
import { gatherPlan } from '@tandem/planning/gather-plan.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/backup.ts';
import { guardedEngine } from '@tandem/worker/jobs/guarded-engine.ts';
import type { GivenUpHandler, OperationJobHandler } from '@tandem/worker/jobs/job.ts';
import { type RestoreJob, restoreJob } from '@tandem/worker/jobs/restore.ts';
import { givenUpRestore } from '@tandem/worker/jobs/restore-end.ts';
import type { World } from '../world.ts';
import { targetNames } from './index-side.ts';
import type { Restores } from './restores.ts';
import type { Sender } from './watched-restore.ts';

type Shared = Omit<RestoreJob, 'engine' | 'gather' | 'optimizeAnswersAt'>;

const answersNowhere = async (): Promise<undefined> => undefined;

/** The real handlers of restores and rehearsals; their engine is made for each tick, so that a call is known by who sent it. */
export const restoreHandlers = (world: World, restores: Restores, engine: Engine, shared: Shared) => {
  const { mutation } = world;
  const jobOf = (operation: ClaimedOperation): RestoreJob => {
    const watched = withSenders(restores, engine, operation);
    const seen = { ...watched, ...mutation.restoreEngine?.(watched, operation) };
    const gather = gatherPlan({
      indexPrefix: 'optimize',
      engine: watched,
      history: shared.history,
      configuredVersion: undefined,
      repository: undefined,
      optimizeAnswersAt: answersNowhere,
    });
    const job = { ...shared, engine: seen, gather, optimizeAnswersAt: answersNowhere };
    return mutation.restoreJob?.(job) ?? job;
  };
  const restore: OperationJobHandler = (operation, tools) => {
    const job = jobOf(operation);
    return restoreJob({ ...job, engine: guardedEngine(job.engine, operation, tools) })(operation, tools);
  };
  const givenUp: GivenUpHandler = (operation, reason) => givenUpRestore(jobOf(operation))(operation, reason);
  const handler = (mutation.restoreHandler ?? mutation.handler)?.(restore) ?? restore;
  return { handlers: { restore: handler, rehearse: handler }, givenUp: { restore: givenUp, rehearse: givenUp } };
};

/** Keeps what the tick saw, and says who sent what. */
const withSenders = (restores: Restores, engine: Engine, operation: ClaimedOperation): Engine => {
  const restore = restores.all.get(operation.operationId);
  const sender: Sender = { restore, seen: new Map(), snapshots: new Map() };
  const keep = <T extends { readonly name: string; readonly uuid: string }>(
    seen: Map<string, string | undefined>,
    names: readonly string[],
    found: readonly T[],
  ): readonly T[] => {
    for (const name of names) seen.set(name, found.find((one) => one.name === name)?.uuid);
    return found;
  };
  return {
    ...engine,
    describeIndices: async (names) => keep(sender.seen, names, await engine.describeIndices(names)),
    indexRecoveries: async (names) => keep(sender.seen, names, await engine.indexRecoveries(names)),
    findSnapshots: async (repository, names) =>
      keep(sender.snapshots, names, await engine.findSnapshots(repository, names)),
    deleteIndices: async (names) => {
      const own = [...names];
      restores.senders.set(own, sender);
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
