export type Table = { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** A limit that must hold. Numbers of a small run prove nothing, so it has no bars. */
export type Bar = {
  readonly what: string;
  readonly limit: string;
  readonly measured: string;
  readonly holds: boolean;
};

export type Report = {
  /** What was measured against what, a paragraph each. */
  readonly about: readonly string[];
  readonly tables: readonly Table[];
  readonly bars: readonly Bar[];
  /** What else ran, in addition to Node, by name. */
  readonly versions: Readonly<Record<string, string>>;
};

const width = (table: Table, column: number): number =>
  Math.max(...[table.columns, ...table.rows].map((cells) => cells[column]?.length ?? 0), 3);

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Markdown that reads well as plain text too: the first column to the left, figures to the right. */
export const tableText = (table: Table): string => {
  const pad = (cells: readonly string[]) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(width(table, at)) : cell.padStart(width(table, at))));
  const rule = table.columns.map((_, at) =>
    at === 0 ? '-'.repeat(width(table, at)) : `${'-'.repeat(width(table, at) - 1)}:`,
  );
  return [line(pad(table.columns)), line(rule), ...table.rows.map((row) => line(pad(row)))].join('\n');
};

const barsTable = (bars: readonly Bar[]): Table => ({
  columns: ['bar', 'at the limit', 'measured', ''],
  rows: bars.map(({ what, limit, measured, holds }) => [what, limit, measured, holds ? 'held' : 'MISSED']),
});

export const reportText = ({ about, tables, bars }: Report): string =>
  [...about, ...[...tables, ...(bars.length === 0 ? [] : [barsTable(bars)])].map(tableText)].join('\n\n');
