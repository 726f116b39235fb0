import { expect, it } from 'vitest';
import { describeSharedCounts } from '../conformance/shared-counts.ts';
import { openRedisCounts } from './redis-counts.ts';
import { useRedisServer } from './redis-server.fixture.ts';

const server = useRedisServer();

const open = (prefix: string, url = server.redis.url) =>
  openRedisCounts({ url, prefix, connectTimeoutMs: 1_000, commandTimeoutMs: 1_000, onError: () => undefined });

describeSharedCounts('counts in Redis', async () => ({ one: open('{counts}'), other: open('{counts}') }));

it('keeps counts of other prefixes apart, each in a key that expires', async () => {
  const [one, other] = [open('{first}'), open('{second}')];
  await one.add('caller', 4);
  expect(await other.add('caller', 1)).toMatchObject({ count: 1 });
  const [key = ''] = await server.admin.keys('{first}:counts*');
  expect(await server.admin.pttl(key)).toBeGreaterThan(50_000);
  await Promise.all([one.close(), other.close()]);
});

it('needs no command that the documented ACL rule does not permit', async () => {
  const rule = '~{acl}* &{acl}* -@all +ping +info +hello +client|setname +select +eval +evalsha +get +set +pttl';
  await server.admin.call('ACL', 'SETUSER', 'limited', 'on', '>secret', ...rule.split(' '));
  const url = new URL(server.redis.url);
  [url.username, url.password] = ['limited', 'secret'];
  const counts = open('{acl}', url.href);
  expect(await counts.add('caller', 2)).toMatchObject({ count: 2 });
  await counts.close();
});

it('begins again when its window has ended', async () => {
  const counts = open('{over}');
  await counts.add('caller', 9);
  await server.admin.pexpire((await server.admin.keys('{over}:counts*'))[0] ?? '', 1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await counts.add('caller', 2)).toMatchObject({ count: 2 });
  await counts.close();
});

it('rejects within its time while Redis is away', async () => {
  const counts = open('{away}');
  await server.redis.kill();
  const began = performance.now();
  await expect(counts.add('caller', 1)).rejects.toThrow();
  expect(performance.now() - began).toBeLessThan(2_000);
  await counts.close();
  await server.redis.start();
});
