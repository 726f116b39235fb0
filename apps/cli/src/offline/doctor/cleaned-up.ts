import { type Sleep, withTimeLimit } from '@tandem/shared/domain/time-limit.ts';

const CLEANUP_MS = 30_000;

/** Resolves once what a late trial created is deleted, or after 30 s: the end of the process would cut it off. Never rejects. */
export const cleanedUp = async (
  sleep: Sleep,
  cleanups: readonly Promise<unknown>[],
  report: (line: string) => void,
): Promise<void> => {
  if (cleanups.length === 0) return;
  report('Waiting until the scratch index and snapshot are deleted.');
  await withTimeLimit(sleep, CLEANUP_MS, Promise.allSettled(cleanups), () =>
    report('They are not deleted yet; a run in ten minutes or later removes them.'),
  );
};
