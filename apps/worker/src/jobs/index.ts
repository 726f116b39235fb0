import type { Engine } from '@tandem/engine/port.ts';
import type { CreateJob } from './create/context.ts';
import { createJob } from './create/create.ts';
import { type DeleteJob, deleteJob } from './delete/delete.ts';
import { guardedEngine } from './guarded-engine.ts';
import type { JobCatalogue, OperationJobHandler } from './job.ts';
import type { RestoreJob } from './restore/context.ts';
import { exhaustedRestore } from './restore/end/end.ts';
import { restoreJob } from './restore/restore.ts';

export type Jobs = CreateJob & DeleteJob & RestoreJob;

/** The engine for a tick, which sends no write to another cluster or without the lease. */
const guarded =
  <Job extends { readonly engine: Engine }>(
    job: Job,
    handlerOf: (guardedJob: Job) => OperationJobHandler,
  ): OperationJobHandler =>
  (operation, tools) =>
    handlerOf({ ...job, engine: guardedEngine(job.engine, operation, tools) })(operation, tools);

/** Every kind of operation, with its handler and what happens when its retries are exhausted. */
export const jobCatalogue = (deps: Jobs) =>
  ({
    create: { run: guarded(deps, createJob), giveUp: undefined },
    delete: { run: guarded(deps, deleteJob), giveUp: undefined },
    restore: { run: guarded(deps, restoreJob), giveUp: exhaustedRestore(deps) },
    rehearse: { run: guarded(deps, restoreJob), giveUp: exhaustedRestore(deps) },
  }) satisfies JobCatalogue;
