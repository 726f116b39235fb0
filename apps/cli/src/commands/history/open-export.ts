import type { ReadableStream } from 'node:stream/web';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { Client } from '../../connect/client.ts';

export type OpenExport = {
  readonly body: ReadableStream<Uint8Array>;
  /** Events up to this id are in it, and no others. */
  readonly upTo: string;
};

/** Begins an export as NDJSON; its lines arrive as they are read. */
export const openExport = async (
  { api }: Client,
  path: '/api/v1/events/export' | '/api/v1/backups/export',
  { after }: { readonly after?: string },
  signal: AbortSignal,
): Promise<OpenExport> => {
  const query = { format: 'ndjson' as const, ...omitUndefined({ after }) };
  const { data, response } = await api.GET(path, { params: { query }, parseAs: 'stream', signal });
  return { body: data as unknown as ReadableStream<Uint8Array>, upTo: response.headers.get('export-up-to') ?? '0' };
};
