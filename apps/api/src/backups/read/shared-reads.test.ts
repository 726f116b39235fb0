import { expect, it, vi } from 'vitest';
import type { RequestContext } from '../../http/route.ts';
import { sharedReads } from './shared-reads.ts';

const context = {} as RequestContext;

/** Reads that end on command. */
const setUp = () => {
  const reads: { readonly id: string; readonly end: (value: string) => void; readonly fail: (error: Error) => void }[] =
    [];
  const read = sharedReads((id) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    reads.push({ id, end: resolve, fail: reject });
    return promise;
  });
  const begun = (count: number) => vi.waitFor(() => expect(reads).toHaveLength(count), { interval: 1 });
  return { reads, begun, ask: (id: string) => read(id, context) };
};

it('reads once for all who ask at the same time, and apart for each backup', async () => {
  const { reads, begun, ask } = setUp();
  const answers = Array.from({ length: 1_000 }, () => ask('one'));
  const other = ask('other');
  await begun(2);
  for (const { id, end } of reads) end(`${id} read`);
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['one read']));
  expect(await other).toBe('other read');
  expect(reads).toHaveLength(2);
});

it('answers nobody what was being read before they asked', async () => {
  const { reads, begun, ask } = setUp();
  const first = ask('one');
  await begun(1);
  const later = [ask('one'), ask('one')];
  reads[0]?.end('old');
  expect(await first).toBe('old');
  await begun(2);
  reads[1]?.end('new');
  expect(await Promise.all(later)).toEqual(['new', 'new']);
});

it('does not wait for a read that takes long', async () => {
  const { reads, begun, ask } = setUp();
  const first = ask('one');
  await begun(1);
  const second = ask('one');
  await begun(2);
  reads[1]?.end('new');
  expect(await second).toBe('new');
  reads[0]?.end('old');
  expect(await first).toBe('old');
});

it('shares a failure with those who share the read, and with nobody after', async () => {
  const { reads, begun, ask } = setUp();
  const both = Promise.allSettled([ask('one'), ask('one')]);
  await begun(1);
  reads[0]?.fail(new Error('away'));
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const again = ask('one');
  await begun(2);
  reads[1]?.end('back');
  expect(await again).toBe('back');
});
