import type { HistoryMark } from '@tandem/shared/domain/history/rollback/history-mark.ts';
import type { MarkSource, SeenMark } from '@tandem/shared/domain/history/rollback/rollback.ts';

/** A source of marks that remembers the last ones it read, so that they stay known while the source is unreachable. */
export type ReadMarks = {
  /** Reads the marks, unless they were read within that time, just failed to be read, or are being read. Never rejects. */
  readonly refresh: (withinMs: number) => Promise<void>;
  readonly marks: () => readonly SeenMark[];
  /** Whether the source has been read since this process started. */
  readonly wasRead: () => boolean;
  /** Why the last read failed; undefined: it succeeded. */
  readonly unread: () => string | undefined;
};

/** Wait before a source that failed is read again. */
const AGAIN_MS = 1_000;

export const markSource = (
  source: MarkSource,
  read: () => Promise<readonly HistoryMark[]>,
  now: () => number,
): ReadMarks => {
  let marks: readonly SeenMark[] = [];
  let readAt: number | undefined;
  let failed: { readonly at: number; readonly why: string } | undefined;
  let reading = false;

  const readOnce = async (): Promise<void> => {
    try {
      marks = (await read()).map((mark) => ({ ...mark, source }));
      readAt = now();
      failed = undefined;
    } catch (error) {
      failed = { at: now(), why: error instanceof Error ? error.message : String(error) };
    }
    reading = false;
  };
  const isSettled = (withinMs: number): boolean =>
    failed === undefined ? readAt !== undefined && now() - readAt < withinMs : now() - failed.at < AGAIN_MS;

  return {
    refresh: async (withinMs) => {
      if (reading || isSettled(withinMs)) return;
      reading = true;
      await readOnce();
    },
    marks: () => marks,
    wasRead: () => readAt !== undefined,
    unread: () => failed?.why,
  };
};
