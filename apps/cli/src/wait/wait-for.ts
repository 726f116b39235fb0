import { ApiError } from '@tandem/client/api-error.ts';
import { NetworkError } from '@tandem/client/network-error.ts';
import { CommandFailure, interrupted } from '../command-failure.ts';
import { exitOfError } from '../exit-codes.ts';
import type { Io } from '../io/io.ts';
import { span } from '../output/units.ts';
import { type Progress, progressReport } from './progress.ts';

export type Waited<Data> = {
  /** `holdMs`: how long the response may wait for the end, where the API can do that. */
  readonly read: (holdMs: number) => Promise<Data>;
  /** Whether `read` holds; otherwise it is called from time to time. */
  readonly holds: boolean;
  readonly hasEnded: (data: Data) => boolean;
  readonly progress: (data: Data) => Progress;
  /** The command that follows it, for those who stop waiting. */
  readonly follow: string;
  /** Undefined: as long as it takes. */
  readonly timeoutMs: number | undefined;
};

/** A bar moves often; lines are written for logs. */
const BAR_EVERY_MS = 1_000;
const LINES_EVERY_MS = 5_000;
/** Of a server that does not hold as long as it may. */
const MIN_PAUSE_MS = 200;

/**
 * Reads until it has ended, and shows how far it is; resolves with what was read last. Rejects when `timeoutMs` has passed and on Ctrl-C, with the command
 * that follows it: what was started continues.
 */
export const waitFor = async <Data>(waited: Waited<Data>, io: Io): Promise<Data> => {
  const report = progressReport(io);
  try {
    return await untilEnded(waited, io, report.update);
  } catch (error) {
    report.end();
    throw followable(error, waited.follow, io.signal);
  } finally {
    report.end();
  }
};

const untilEnded = async <Data>(
  { read, holds, hasEnded, progress, timeoutMs, follow }: Waited<Data>,
  io: Io,
  update: (progress: Progress) => void,
): Promise<Data> => {
  const deadline = timeoutMs === undefined ? Number.POSITIVE_INFINITY : io.now().getTime() + timeoutMs;
  const interval = io.bar === undefined ? LINES_EVERY_MS : BAR_EVERY_MS;
  for (let first = true; ; first = false) {
    const left = deadline - io.now().getTime();
    const data = await read(first ? 0 : Math.max(0, Math.min(interval, left)));
    if (hasEnded(data)) return data;
    if (left <= 0) throw timedOut(timeoutMs ?? 0, follow);
    update(progress(data));
    await io.pause(Math.min(holds ? MIN_PAUSE_MS : interval, Math.max(0, left)));
  }
};

const timedOut = (timeoutMs: number, follow: string): CommandFailure =>
  new CommandFailure(
    'timedOut',
    `Not ended within ${span(timeoutMs)}. The operation continues.`,
    `To follow it: ${follow}`,
  );

const followable = (error: unknown, follow: string, signal: AbortSignal): unknown => {
  if (signal.aborted) return interrupted(follow);
  const isAway = error instanceof NetworkError || (error instanceof ApiError && exitOfError(error) === 'unreachable');
  if (!isAway) return error;
  const remedy = `What was started continues as soon as Tandem runs. To follow it: ${follow}`;
  return new CommandFailure('unreachable', error.message, remedy, { cause: error });
};
