import type { Engine } from '@tandem/engine/port.ts';
import type { OperationKind } from '@tandem/shared/domain/backup/backup.ts';
import type { CreateJob } from './create/context.ts';
import { createJob } from './create/create.ts';
import { type DeleteJob, deleteJob } from './delete/delete.ts';
import { guardedEngine } from './guarded-engine.ts';
import type { GivenUpHandler, OperationJobHandler } from './job.ts';
import type { RestoreJob } from './restore/context.ts';
import { givenUpRestore } from './restore/end.ts';
import { restoreJob } from './restore/restore.ts';

export type Jobs = CreateJob & DeleteJob & RestoreJob;

/** Each tick has an engine of its own, which sends no write to another cluster or without the lease. */
const guarded =
  <Job extends { readonly engine: Engine }>(
    job: Job,
    handlerOf: (guardedJob: Job) => OperationJobHandler,
  ): OperationJobHandler =>
  (operation, tools) =>
    handlerOf({ ...job, engine: guardedEngine(job.engine, operation, tools) })(operation, tools);

/** The kinds of operations that this version can carry out; another kind is left for a newer worker. */
export const jobHandlers = (deps: Jobs): Partial<Record<OperationKind, OperationJobHandler>> => ({
  create: guarded(deps, createJob),
  delete: guarded(deps, deleteJob),
  restore: guarded(deps, restoreJob),
  rehearse: guarded(deps, restoreJob),
});

export const givenUpHandlers = (deps: RestoreJob): Partial<Record<OperationKind, GivenUpHandler>> => ({
  restore: givenUpRestore(deps),
  rehearse: givenUpRestore(deps),
});
