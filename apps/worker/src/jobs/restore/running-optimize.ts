import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { RestoreTick } from './context.ts';

/** Where Optimize responds; read only for a restore in place, since Optimize does not write into a copy. */
export const optimizeAt = async ({ job, detail }: Pick<RestoreTick, 'job' | 'detail'>): Promise<string | undefined> =>
  detail.task.inPlace ? job.optimizeAnswersAt() : undefined;

export const optimizeAnswers = (url: string): Reason => ({
  code: 'RESTORE_BLOCKED',
  message: `Optimize responds at ${url} and would write into the restored indices. Stop Optimize, then create a new plan.`,
  data: { blockers: [{ code: 'OPTIMIZE_RUNNING', found: [url], count: 1 }] },
});
