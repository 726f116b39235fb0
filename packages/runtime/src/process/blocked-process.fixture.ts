import { setTimeout as sleep } from 'node:timers/promises';
import { startWatchdog } from './watchdog.ts';

/** Blocks its event loop for good, or is busy in pieces: `node blocked-process.fixture.ts blocked|busy`. */
const watchdog = startWatchdog({ service: 'worker', afterMs: 300, everyMs: 50 });
watchdog.note('operation 7 of backup nightly-1');
const spin = (ms: number): void => {
  for (const end = performance.now() + ms; performance.now() < end; );
};
// gives the thread time to start
await sleep(100);
if (process.argv[2] === 'blocked') spin(60_000);
for (let times = 0; times < 10; times += 1) {
  spin(100);
  await sleep(1);
}
await watchdog.stop();
