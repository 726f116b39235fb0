import type { ExportHistory, ExportPage, ExportSpan } from '@tandem/history/ports/exports.ts';

export type ExportReading = {
  readonly read: (span: ExportSpan) => ReturnType<ExportHistory['exportPage']>;
  /** Ids per query; undefined: the complete span, which can match only few rows. */
  readonly window: number | undefined;
  /** Windows read concurrently. Each may hold a page in memory. */
  readonly atOnce: number;
};

/** The texts of a span, in order, with a bounded read-ahead. */
export async function* exportPages({ read, window, atOnce }: ExportReading, span: ExportSpan): AsyncGenerator<string> {
  const windows = windowsOf(span, window);
  const ahead: Begun[] = [];
  const begin = () => {
    while (ahead.length < atOnce) {
      const next = windows.next();
      if (next.done) return;
      ahead.push(begun(read, next.value));
    }
  };
  begin();
  for (let first = ahead.shift(); first !== undefined; first = ahead.shift()) {
    begin();
    let page = await first.page;
    if (page.text !== '') yield page.text;
    while (page.next !== undefined) {
      page = await read({ after: page.next, upTo: first.upTo });
      if (page.text !== '') yield page.text;
    }
  }
}

type Begun = { readonly upTo: string; readonly page: Promise<ExportPage> };

const begun = (read: ExportReading['read'], span: ExportSpan): Begun => {
  const page = read(span);
  // the consumer gets the error; after the end of the export there is none
  page.catch(() => undefined);
  return { upTo: span.upTo, page };
};

function* windowsOf({ after, upTo }: ExportSpan, window: number | undefined): Generator<ExportSpan, void> {
  const last = BigInt(upTo);
  const step = window === undefined ? last : BigInt(window);
  for (let from = BigInt(after); from < last; from += step) {
    yield { after: String(from), upTo: String(from + step < last ? from + step : last) };
  }
}
