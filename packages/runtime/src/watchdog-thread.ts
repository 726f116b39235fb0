import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

export type WatchdogData = {
  /** The number of beats so far. */
  readonly beats: Int32Array;
  /** UTF-8, ended by a zero. */
  readonly job: Uint8Array;
  readonly everyMs: number;
  readonly most: number;
  readonly service: string;
};

const STANDARD_OUTPUT = 1;
const FATAL = 60;

const { beats, job, everyMs, most, service } = workerData as WatchdogData;
let seen = 0;
let missed = 0;

const lastJob = (): string => new TextDecoder().decode(job.slice(0, Math.max(0, job.indexOf(0))));

/** As the logger writes: it lives in the thread that does not move. */
const logLine = (): string =>
  JSON.stringify({
    level: FATAL,
    time: new Date().toISOString(),
    name: service,
    pid: process.pid,
    missed,
    lastJob: lastJob(),
    msg: `the event loop has not moved for ${(missed * everyMs) / 1_000} s: the process ends with SIGALRM`,
  });

// beats of its own timer: a process that was stopped, or a machine that slept, has missed none
setInterval(() => {
  const now = Atomics.load(beats, 0);
  missed = now === seen ? missed + 1 : 0;
  seen = now;
  if (missed < most) return;
  writeSync(STANDARD_OUTPUT, `${logLine()}\n`);
  process.kill(process.pid, 'SIGALRM');
}, everyMs);
