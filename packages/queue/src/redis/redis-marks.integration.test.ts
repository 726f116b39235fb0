import { expect, it } from 'vitest';
import { openBullmqQueue } from '../bullmq/bullmq-queue.ts';
import { describeMarks } from '../conformance/marks.ts';
import { openRedisMarks } from './redis-marks.ts';
import { useRedisServer } from './redis-server.fixture.ts';

const server = useRedisServer();
let prefixes = 0;

const settingsFor = (prefix: string) => ({
  ...{ url: server.redis.url, prefix, connectTimeoutMs: 1_000, commandTimeoutMs: 1_000 },
  onError: () => undefined,
});
const mark = {
  historyId: '00000000-0000-4000-8000-000000000001',
  epoch: '00000000-0000-4000-8000-000000000002',
  ...{ eventId: '7', digest: 'ab'.repeat(32), at: '2026-03-01T12:00:00Z' },
};

describeMarks('the store on Redis', async () => {
  prefixes += 1;
  const prefix = `{marks-${prefixes}}`;
  const open = () => openRedisMarks(settingsFor(prefix));
  return {
    marks: open(),
    openAnother: open,
    spoil: () => server.admin.hset(`${prefix}:history-marks`, 'any', 'thing'),
  };
});

it('is no key of the queue', async () => {
  const settings = settingsFor('{apart}');
  const [marks, queue] = [openRedisMarks(settings), openBullmqQueue(settings)];
  await marks.keep(mark);
  await queue.enqueue([{ operationId: 'one', revision: 1 }]);
  expect(await server.admin.keys('{apart}:history-marks*')).toEqual(['{apart}:history-marks']);
  expect(await queue.health()).toMatchObject({ waiting: 1 });
  expect(await marks.read()).toEqual([mark]);
  await Promise.all([marks.close(), queue.close()]);
});

it('rejects within its time while Redis is away, and works when it is back', async () => {
  const marks = openRedisMarks(settingsFor('{away}'));
  await server.redis.kill();
  const began = performance.now();
  await expect(marks.keep(mark)).rejects.toThrow();
  await expect(marks.read()).rejects.toThrow();
  expect(performance.now() - began).toBeLessThan(4_000);
  await server.redis.start();
  for (let tries = 0; tries < 50; tries += 1) {
    if (
      await marks.read().then(
        () => true,
        () => false,
      )
    )
      break;
  }
  await marks.keep(mark);
  expect(await marks.read()).toEqual([mark]);
  await marks.close();
});
