import { CSV_LINE_END } from '@tandem/shared/domain/history/csv-cell.ts';
import { EXPORT_ROWS, type ExportFormat, type ExportHistory } from '../../ports/exports.ts';
import { bound } from '../search/bound.ts';
import type { ExportedRow } from './export-rows.ts';
import { exportSource } from './export-source.ts';
import type { Exports } from './open-exports.ts';

/** Bytes of long columns, as stored, after which a page ends; compressed ones are up to ten times as long as text. */
const MAX_BYTES = 2_000_000;

// A subquery, so that only matching rows are converted to text.
const lineOf = ({ json, cells }: ExportedRow, format: ExportFormat): string =>
  format === 'csv'
    ? `concat(${cells.join(", ',', ")})`
    : `(SELECT row_to_json(r)::text FROM (SELECT ${Object.entries(json)
        .map(([name, value]) => `${value} AS "${name}"`)
        .join(', ')}) r)`;

const ENDS: Readonly<Record<ExportFormat, string>> = { ndjson: '\n', csv: CSV_LINE_END };

type Row = { readonly text: string | null; readonly last: string | null; readonly more: boolean };

/** PostgreSQL builds the lines of a page as a single text: there is no work per row here. */
export const exportPage =
  (exports: Exports): ExportHistory['exportPage'] =>
  async (exported, format, { after, upTo }, signal) => {
    const { table, alias, id, row, size, few, clauses } = exportSource(exported);
    const { bind, parameters } = bound();
    const bounds = [`${id} > ${bind(after, 'bigint')}`, `${id} <= ${bind(upTo, 'bigint')}`, few(bind) ?? 'true'];
    const limit = bind(EXPORT_ROWS, 'int');
    const isOfPage = `${alias}.preceding < ${bind(MAX_BYTES, 'int')}`;
    const fits = [isOfPage, ...clauses(bind)].join(' AND ');
    const statement = `
SELECT string_agg(${lineOf(row, format)}, ${bind(ENDS[format], 'text')}) FILTER (WHERE ${fits}) AS text,
  (max(${id}) FILTER (WHERE ${isOfPage}))::text AS last, count(*) FILTER (WHERE ${isOfPage}) < count(*) OR count(*) = ${limit} AS more
FROM (
  SELECT ${alias}.*, sum(${alias}.size) OVER (ORDER BY ${id}) - ${alias}.size AS preceding
  FROM (SELECT ${alias}.*, ${size} AS size FROM ${table} ${alias} WHERE ${bounds.join(' AND ')} ORDER BY ${id} LIMIT ${limit}) ${alias}
) ${alias}`;
    const page = await exports.ask<Row>(statement, parameters, signal);
    const isMore = page?.more === true && page.last !== null && page.last !== upTo;
    return { text: page?.text ?? '', next: isMore ? (page.last ?? undefined) : undefined };
  };
