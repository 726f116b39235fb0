import { stringify } from 'yaml';
import type { Outcome } from '../program/command.ts';
import type { OutputFormat } from './output-format.ts';
import { escaped, printable } from './printable.ts';
import type { Screen } from './screen.ts';

type Render = (outcome: Outcome, screen: Screen) => string;

const json: Render = ({ data }) => `${escaped(JSON.stringify(data, null, 2))}\n`;

/** A page is its items, a line each; anything else is one line. */
const ndjson: Render = ({ data }) =>
  linesOf(data)
    .map((line) => `${escaped(JSON.stringify(line))}\n`)
    .join('');

const linesOf = (data: unknown): readonly unknown[] => {
  if (Array.isArray(data)) return data;
  const isPage = typeof data === 'object' && data !== null && 'items' in data && Array.isArray(data.items);
  return isPage ? (data.items as readonly unknown[]) : [data];
};

const table: Render = (outcome, screen) => {
  if (outcome.view === undefined) return json(outcome, screen);
  const drawn = printable(outcome.view(screen), screen.style);
  return drawn === '' || drawn.endsWith('\n') ? drawn : `${drawn}\n`;
};

const RENDERS: Readonly<Record<OutputFormat, Render>> = {
  table,
  json,
  ndjson,
  // a line of text is never folded, so that what was one value stays searchable
  yaml: ({ data }) => escaped(stringify(data, { lineWidth: 0 })),
};

/** What a command prints to stdout; empty: nothing. */
export const render = (outcome: Outcome, format: OutputFormat, screen: Screen): string =>
  outcome.data === undefined && outcome.view === undefined ? '' : RENDERS[format](outcome, screen);
