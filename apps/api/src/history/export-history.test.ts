import { createHash } from 'node:crypto';
import type { ExportHistory } from '@tandem/history/ports/exports.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { expect, it } from 'vitest';
import type { RequestContext } from '../http/route.ts';
import { exportHistory } from './export-history.ts';

/** Three windows of ids, a page each. */
const PAGES = ['{"id":"1"}\n{"id":"2","reason":"a\\nb é"}', '', '{"id":"10001"}'];

const exports = {
  exportSpan: async () => ({ after: '0', upTo: '12000' }),
  exportPage: async (_exported: unknown, _format: unknown, { after }: { readonly after: string }) => ({
    text: PAGES[Number(after) / 5_000] ?? '',
    next: undefined,
  }),
} as unknown as ExportHistory;

const newExports = (max = 4) => exportHistory({ exports, max, now: () => new Date(0) });

const over = (httpVersion: string): RequestContext => ({
  requestId: 'request',
  actor: { kind: 'anonymous', address: '127.0.0.1' },
  httpVersion,
  role: 'admin' as const,
  idempotencyKey: undefined,
  lastEventId: undefined,
  signal: new AbortController().signal,
});

const textOf = async (
  format: 'ndjson' | 'csv',
  httpVersion: string,
  after?: string,
  exportTo = newExports(),
): Promise<string> => {
  const { stream } = await exportTo({ of: 'events', filter: {} }, format, over(httpVersion), after);
  let text = '';
  for await (const part of stream ?? []) text += part;
  return text;
};

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

it.each(['1.0', '1.1'])('ends NDJSON with how many lines there are and their digest, over HTTP/%s', async (version) => {
  const lines = '{"id":"1"}\n{"id":"2","reason":"a\\nb é"}\n{"id":"10001"}\n';
  expect(await textOf('ndjson', version)).toBe(`${lines}{"end":{"count":3,"sha256":"${sha256(lines)}"}}\n`);
});

it('ends NDJSON without any line in the same way', async () => {
  expect(await textOf('ndjson', '1.1', '12000')).toBe(`{"end":{"count":0,"sha256":"${sha256('')}"}}\n`);
});

it('refuses CSV over HTTP/1.0, and names the setting of nginx', async () => {
  expect(await textOf('csv', '1.1')).toMatch(/^id,at,.*\r\n\{"id":"1"\}/);
  const refused = await textOf('csv', '1.0').catch((error: unknown) => error);
  expect(isFailure(refused, 'HTTP_1_1_REQUIRED') && refused.message).toContain('"proxy_http_version 1.1;"');
});

it('counts no refused export among those that go on', async () => {
  const exportTo = newExports(1);
  await expect(textOf('csv', '1.0', undefined, exportTo)).rejects.toThrow('HTTP/1.0');
  expect(await textOf('ndjson', '1.0', undefined, exportTo)).toContain('"end"');
});
