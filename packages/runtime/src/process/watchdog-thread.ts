import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

export type WatchdogData = {
  /** Number of heartbeats so far. */
  readonly beats: Int32Array;
  /** UTF-8, terminated by a zero byte. */
  readonly job: Uint8Array;
  readonly everyMs: number;
  readonly maxMissed: number;
  readonly service: string;
};

const STANDARD_OUTPUT = 1;
const FATAL = 60;

const { beats, job, everyMs, maxMissed, service } = workerData as WatchdogData;
let seen = 0;
let missed = 0;

const lastJob = (): string => new TextDecoder().decode(job.slice(0, Math.max(0, job.indexOf(0))));

/** In the logger's format: the logger itself lives in the blocked thread. */
const logLine = (): string =>
  JSON.stringify({
    level: FATAL,
    time: new Date().toISOString(),
    name: service,
    pid: process.pid,
    missed,
    lastJob: lastJob(),
    msg: `the event loop has been blocked for ${(missed * everyMs) / 1_000} s: the process ends with SIGALRM`,
  });

// counted in ticks of this thread's own timer, so that a stopped process or a sleeping machine has missed none
setInterval(() => {
  const now = Atomics.load(beats, 0);
  missed = now === seen ? missed + 1 : 0;
  seen = now;
  if (missed < maxMissed) return;
  writeSync(STANDARD_OUTPUT, `${logLine()}\n`);
  process.kill(process.pid, 'SIGALRM');
}, everyMs);
