import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { serverTls, type TlsFiles } from './server-tls.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const first: TlsFiles = { certificate: 'certificate 1', key: 'key 1', clientCa: undefined };
const second: TlsFiles = { certificate: 'certificate 2', key: 'key 2', clientCa: undefined };

const follow = () => {
  let read = (): TlsFiles | undefined => first;
  const lines: string[] = [];
  const note = (...args: readonly unknown[]) => void lines.push(args.map((arg) => JSON.stringify(arg)).join(' '));
  const log = { info: note, warn: note } as unknown as Logger;
  const tls = serverTls({ files: first, read: () => read(), log });
  const replaced: TlsFiles[] = [];
  tls.onReplaced((files) => replaced.push(files));
  return {
    ...{ tls, lines, replaced },
    nowReads: (next: () => TlsFiles | undefined) => {
      read = next;
    },
  };
};

const fails = (message: string) => () => {
  throw new Error(message);
};

it('leaves files that are the same', async () => {
  const { tls, replaced, lines } = follow();
  await vi.advanceTimersByTimeAsync(30_000);
  expect([tls.current(), replaced, lines]).toEqual([first, [], []]);
});

it('uses replaced files within ten seconds', async () => {
  const { tls, replaced, nowReads } = follow();
  nowReads(() => second);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([tls.current(), replaced]).toEqual([second, [second]]);
});

it('keeps the earlier files while the new ones cannot be used, and reports that once', async () => {
  const { tls, replaced, lines, nowReads } = follow();
  nowReads(fails('the key does not belong to the certificate'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([tls.current(), replaced]).toEqual([first, []]);
  expect(lines).toEqual([expect.stringContaining('the key does not belong to the certificate')]);
  nowReads(() => second);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(tls.current()).toEqual(second);
});

it('does not report files that are being replaced one after the other', async () => {
  const { tls, lines, nowReads } = follow();
  nowReads(fails('the key does not belong to the certificate'));
  await vi.advanceTimersByTimeAsync(5_000);
  nowReads(() => second);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(tls.current()).toEqual(second);
  expect(lines).toEqual(['"TLS files replaced"']);
});

it('keeps TLS where the settings no longer name the files', async () => {
  const { tls, replaced, nowReads } = follow();
  nowReads(() => undefined);
  await vi.advanceTimersByTimeAsync(20_000);
  expect([tls.current(), replaced]).toEqual([first, []]);
});

it('does not read them after it was closed', async () => {
  const { tls, replaced, nowReads } = follow();
  nowReads(() => second);
  tls.close();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(replaced).toEqual([]);
});
