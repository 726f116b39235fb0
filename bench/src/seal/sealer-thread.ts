import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { openPrismaHistory } from '@tandem/history/postgres/prisma-history.ts';
import { createSealer } from '@tandem/worker/background/seal.ts';

/* The sealer of a worker in a thread of its own: `seal` seals all pending events and replies with their number, `end` ends it. */

const history = openPrismaHistory({
  url: String(workerData),
  poolSize: 1,
  connectTimeoutMs: 5_000,
  queryTimeoutMs: 5_000,
});
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const seal = createSealer({
  ...{ history, signer: undefined, mark: async () => undefined },
  digest: (bytes) => createHash('sha256').update(bytes).digest(),
  log: log as unknown as Parameters<typeof createSealer>[0]['log'],
});

parentPort?.on('message', async (command) => {
  if (command === 'seal') parentPort?.postMessage(await seal({ assertHeld: () => undefined }));
  else {
    await history.close();
    process.exit();
  }
});
