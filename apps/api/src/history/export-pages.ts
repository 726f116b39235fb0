import type { ExportHistory, ExportPage, ExportSpan } from '@tandem/history/ports/exports.ts';

export type ExportReading = {
  readonly read: (span: ExportSpan) => ReturnType<ExportHistory['exportPage']>;
  /** How many ids are asked for at once; undefined: the whole span, in which few rows can fit. */
  readonly window: number | undefined;
  /** How many windows are read at the same time. Each may hold a page in memory. */
  readonly atOnce: number;
};

/** The texts of a span in their order, one after the other as they are taken; so many are read ahead, and no more. */
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
  // who takes it hears of it; nobody does once the export has ended
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
