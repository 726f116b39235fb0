import type { JobDefinition } from '@tandem/worker/jobs/job.ts';

/** Of a kind of operation that nobody requests in the run. */
export const noJob: JobDefinition = {
  run: ({ kind }) => Promise.reject(new Error(`no ${kind} belongs to this run`)),
  giveUp: undefined,
};
