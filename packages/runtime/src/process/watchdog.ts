import { url as inspectorUrl } from 'node:inspector';
import { Worker } from 'node:worker_threads';
import type { WatchdogData } from './watchdog-thread.ts';

export type WatchdogSettings = {
  /** `name` of the log lines. */
  readonly service: string;
  /** How long the event loop may be blocked; 0: forever. */
  readonly afterMs: number;
  readonly everyMs?: number;
};

export type Watchdog = {
  /** Records what the process is about to do, for its last log line. */
  readonly note: (job: string) => void;
  readonly stop: () => Promise<void>;
};

const EVERY_MS = 1_000;
const LONGEST_JOB = 256;

const none: Watchdog = { note: () => undefined, stop: async () => undefined };

/**
 * Ends the process with SIGALRM (exit status 142) once its event loop has been blocked for `afterMs`, after a log line with the last job:
 * such a process responds to no probe and no signal, and renews no lease. A thread counts the time with its own timer. Off while a debugger
 * can attach, because a breakpoint blocks the loop.
 */
export const startWatchdog = ({ service, afterMs, everyMs = EVERY_MS }: WatchdogSettings): Watchdog => {
  if (afterMs === 0 || inspectorUrl() !== undefined) return none;
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const job = new Uint8Array(new SharedArrayBuffer(LONGEST_JOB));
  const maxMissed = Math.max(1, Math.ceil(afterMs / everyMs));
  const workerData: WatchdogData = { beats, job, everyMs, maxMissed, service };
  const thread = new Worker(new URL('./watchdog-thread.ts', import.meta.url), { workerData });
  thread.unref();
  const encoder = new TextEncoder();
  const beat = setInterval(() => Atomics.add(beats, 0, 1), everyMs / 2);
  beat.unref();
  return {
    note: (text) => {
      const { written } = encoder.encodeInto(text, job.subarray(0, LONGEST_JOB - 1));
      job[written] = 0;
    },
    stop: async () => {
      clearInterval(beat);
      await thread.terminate();
    },
  };
};
