import { expect, it } from 'vitest';
import { describeInspection } from '../conformance/inspection.ts';
import { openRedisInspection } from './redis-inspection.ts';
import { useRedisServer } from './redis-server.fixture.ts';

const server = useRedisServer();

const settingsFor = (url = server.redis.url) => ({
  ...{ url, prefix: '{inspected}', connectTimeoutMs: 1_000, commandTimeoutMs: 1_000 },
  onError: () => undefined,
});

describeInspection('Redis', async () => openRedisInspection(settingsFor()));

it('reports another policy, and writes nothing', async () => {
  await server.admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
  const inspection = openRedisInspection(settingsFor());
  expect(await inspection.inspect()).toMatchObject({ evictionPolicy: 'allkeys-lru' });
  expect(await server.admin.dbsize()).toBe(0);
  await inspection.close();
  await server.admin.config('SET', 'maxmemory-policy', 'noeviction');
});

it('reports what the user may not do, and nothing of what CONFIG would show', async () => {
  await server.admin.acl(
    'SETUSER',
    'limited',
    'on',
    '>limited-password',
    '~{inspected}*',
    '&*',
    '+@all',
    '-config',
    '-zpopmin',
  );
  const url = new URL(server.redis.url);
  url.username = 'limited';
  url.password = 'limited-password';
  const inspection = openRedisInspection(settingsFor(url.href));
  expect(await inspection.inspect()).toMatchObject({
    savePoints: undefined,
    refusedCommands: [{ command: 'zpopmin', reason: expect.stringMatching(/^NOPERM/) }],
  });
  await inspection.close();
});

it('rejects within its time, without the password, where nothing answers', async () => {
  const inspection = openRedisInspection(settingsFor('redis://user:secret-word@127.0.0.1:1/0'));
  const error: unknown = await inspection.inspect().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(String(error)).not.toContain('secret-word');
  await inspection.close();
});
