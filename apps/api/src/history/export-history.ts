import { EXPORT_ROWS, type Exported, type ExportFormat, type ExportHistory } from '@tandem/history/ports/exports.ts';
import { BACKUP_COLUMNS, EVENT_COLUMNS } from '@tandem/shared/contract/exports.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { searchWay } from '@tandem/shared/domain/history/backup-search.ts';
import { CSV_LINE_END } from '@tandem/shared/domain/history/csv-cell.ts';
import type { Answer, RequestContext } from '../http/route.ts';
import { withEnd } from './export-end.ts';
import { exportPages } from './export-pages.ts';

export type ExportDeps = {
  readonly exports: ExportHistory;
  /** Max concurrent exports; more are refused. */
  readonly max: number;
  readonly now: () => Date;
};

export type ExportTo = (
  exported: Exported,
  format: ExportFormat,
  context: RequestContext,
  after?: string,
) => Promise<Answer>;

/** Per export: PostgreSQL prepares the next page while one is being sent. */
const AT_ONCE = 2;

/** How long a client may read nothing before its export is aborted. */
const STALLED_MS = 120_000;

/**
 * Streams a file. The first page is read before the response starts, so that an immediate failure gets a normal error response:
 * EXPORTS_BUSY, HISTORY_UNREACHABLE, QUERY_TOO_LONG. A later failure aborts the connection.
 */
export const exportHistory = ({ exports, max, now }: ExportDeps): ExportTo => {
  let going = 0;
  return async (exported, format, context, after = '0') => {
    if (format === 'csv' && context.httpVersion === '1.0') throw unmarkedEnd();
    if (going >= max) throw tooMany(max);
    going += 1;
    const signal = context.over ?? context.signal;
    // the signal is aborted when the response has ended, however it ended
    signal.addEventListener('abort', () => {
      going -= 1;
    });
    if (signal.aborted) going -= 1;
    const { upTo, ...span } = await exports.exportSpan(exported, signal);
    const from = BigInt(after) > BigInt(span.after) ? after : span.after;
    const read = (window: { after: string; upTo: string }) => exports.exportPage(exported, format, window, signal);
    const window = isFew(exported) ? undefined : EXPORT_ROWS;
    const pages = exportPages({ read, window, atOnce: AT_ONCE }, { after: from, upTo });
    const first = await pages.next();
    return {
      status: 200,
      body: undefined,
      contentType: TYPES[format],
      headers: {
        'Content-Disposition': `attachment; filename="${fileName(exported, format, now())}"`,
        'Export-Up-To': upTo,
      },
      stream: FILES[format](exported, first.done ? undefined : first.value, pages),
      stalledMs: STALLED_MS,
    };
  };
};

const tooMany = (max: number) =>
  fail('EXPORTS_BUSY', `${max} exports are running, which is the maximum: try again when one has ended.`, {
    max,
  });

/** Over HTTP/1.0 a response ends when the connection closes, and a CSV file has no line that says that it is complete. */
const unmarkedEnd = () =>
  fail(
    'HTTP_1_1_REQUIRED',
    'The request came over HTTP/1.0, which cannot distinguish a complete CSV file from a truncated one. Use HTTP/1.1 (in nginx: "proxy_http_version 1.1;"), or format=ndjson, whose last line says that it is complete.',
  );

/** Searches that use an index; the others scan all rows of the span. */
const isFew = ({ of, filter }: Exported): boolean =>
  of === 'events'
    ? filter.backupId !== undefined
    : ['id', 'part'].includes(searchWay(filter, { by: 'requested', newestFirst: false }));

const TYPES: Readonly<Record<ExportFormat, string>> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
};

const COLUMNS = { events: EVENT_COLUMNS, backups: BACKUP_COLUMNS } as const;

const FILES: Readonly<
  Record<
    ExportFormat,
    (exported: Exported, first: string | undefined, rest: AsyncIterable<string>) => AsyncIterable<string>
  >
> = {
  ndjson: (_exported, first, rest) => withEnd(lines(first, rest, '\n')),
  csv: ({ of }, first, rest) => withHeader(COLUMNS[of].join(',') + CSV_LINE_END, lines(first, rest, CSV_LINE_END)),
};

async function* withHeader(header: string, texts: AsyncIterable<string>): AsyncGenerator<string> {
  yield header;
  yield* texts;
}

async function* lines(first: string | undefined, rest: AsyncIterable<string>, end: string): AsyncGenerator<string> {
  // sent separately: joining them would copy each page again
  if (first !== undefined) yield first;
  if (first !== undefined) yield end;
  for await (const text of rest) {
    yield text;
    yield end;
  }
}

const fileName = ({ of }: Exported, format: ExportFormat, at: Date): string =>
  `tandem-${of}-${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z.${format}`;
