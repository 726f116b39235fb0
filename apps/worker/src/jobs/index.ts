import type { Engine } from '@tandem/engine/port.ts';
import type { CreateJob } from './create/context.ts';
import { createJob } from './create/create.ts';
import { type DeleteJob, deleteJob } from './delete/delete.ts';
import { guardedEngine } from './guarded-engine.ts';
import type { JobCatalogue, OperationJobHandler } from './job.ts';
import type { RestoreJob } from './restore/context.ts';
import { givenUpRestore } from './restore/end/end.ts';
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

/** Every kind of operation, what carries it out, and what follows when its tries are spent. */
export const jobCatalogue = (deps: Jobs) =>
  ({
    create: { run: guarded(deps, createJob), giveUp: undefined },
    delete: { run: guarded(deps, deleteJob), giveUp: undefined },
    restore: { run: guarded(deps, restoreJob), giveUp: givenUpRestore(deps) },
    rehearse: { run: guarded(deps, restoreJob), giveUp: givenUpRestore(deps) },
  }) satisfies JobCatalogue;
