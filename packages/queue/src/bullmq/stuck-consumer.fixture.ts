/** A process that takes one job, says so and never ends it: for tests that kill it. Arguments: URL, prefix. */
import { openBullmqConsumer } from './bullmq-worker.ts';

const [url = '', prefix = ''] = process.argv.slice(2);

openBullmqConsumer({
  url,
  prefix,
  connectTimeoutMs: 2_000,
  commandTimeoutMs: 2_000,
  concurrency: 1,
  lockMs: 5_000,
  stalledCheckIntervalMs: 2_000,
  onError: (error) => console.error(error.message),
}).start(() => {
  process.stdout.write('taken\n');
  return new Promise(() => undefined);
});
