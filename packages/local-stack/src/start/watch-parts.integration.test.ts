import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startRedis } from '../redis/redis.ts';
import { watchParts } from './watch-parts.ts';

it('starts a service that died again on its port, says so, and leaves it alone once it is told to end', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tandem-watch-'));
  const redis = await startRedis({ directory, durable: false });
  const lines: string[] = [];
  let restarts = 0;
  const onRestart = () => {
    restarts += 1;
  };
  const end = watchParts({ parts: { redis }, report: (line) => lines.push(line), onRestart });
  try {
    const { pid, url } = redis;
    process.kill(pid ?? 0, 'SIGKILL');
    for (let waits = 0; restarts === 0 && waits < 200; waits += 1) await sleep(50);
    expect(redis.pid).not.toBe(pid);
    expect({ url: redis.url, running: redis.pid !== undefined, restarts }).toEqual({ url, running: true, restarts: 1 });
    expect(lines.join('\n')).toContain('redis died; restarting it');
  } finally {
    await end();
    await redis.kill();
  }
  await sleep(1_500);
  expect(redis.pid).toBeUndefined();
  await rm(directory, { recursive: true, force: true });
});
