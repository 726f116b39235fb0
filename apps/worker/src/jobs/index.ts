import type { OperationKind } from '@tandem/shared/domain/backup.ts';
import { type CreateJob, createJob } from './create.ts';
import { type DeleteJob, deleteJob } from './delete.ts';
import type { GivenUpHandler, OperationJobHandler } from './job.ts';
import { type RestoreJob, restoreJob } from './restore.ts';
import { givenUpRestore } from './restore-end.ts';

export type Jobs = CreateJob & DeleteJob & RestoreJob;

/** The kinds of operations that this version can carry out; another kind is left for a newer worker. */
export const jobHandlers = (deps: Jobs): Partial<Record<OperationKind, OperationJobHandler>> => ({
  create: createJob(deps),
  delete: deleteJob(deps),
  restore: restoreJob(deps),
  rehearse: restoreJob(deps),
});

export const givenUpHandlers = (deps: RestoreJob): Partial<Record<OperationKind, GivenUpHandler>> => ({
  restore: givenUpRestore(deps),
  rehearse: givenUpRestore(deps),
});
