import { setTimeout as sleep } from 'node:timers/promises';
import { keepAliveClient } from '../measure/keep-alive-client.ts';

const POLL_MS = 20;
const LIMIT_MS = 600_000;

/** A backup as a script takes it: POST, then GET until it is COMPLETED. Rejects when it ends otherwise. */
export const takeBackup = async (apiUrl: string, backupId: string): Promise<{ readonly polls: number }> => {
  const client = keepAliveClient();
  try {
    const posted = await client.send('POST', `${apiUrl}/actuator/backup`, { backupId });
    if (posted.status !== 200) throw new Error(`POST: ${posted.status} ${JSON.stringify(posted.body)}`);
    const end = performance.now() + LIMIT_MS;
    for (let polls = 1; performance.now() < end; polls += 1) {
      const { status, body } = await client.send('GET', `${apiUrl}/actuator/backup/${backupId}`);
      const { state } = body as { state?: string };
      if (state === 'COMPLETED') return { polls };
      if (state !== 'IN_PROGRESS') throw new Error(`backup ${backupId}: ${status} ${JSON.stringify(body)}`);
      await sleep(POLL_MS);
    }
    throw new Error(`backup ${backupId} was not done within ${LIMIT_MS / 1000} s`);
  } finally {
    client.close();
  }
};
