import Table from 'cli-table3';
import stringWidth from 'string-width';
import type { Screen } from './screen.ts';

export type Column = {
  readonly head: string;
  readonly align?: 'right';
  /** May be wrapped, down to so many characters. Absent: it is shown as it is. */
  readonly min?: number;
};

const GAP = 2;
const NO_BORDERS = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '' },
  ...{ 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: ' ' },
};

/** Characters of a terminal: two for 日 or an emoji, none for a colour. */
const widthOf = (cell: string): number => Math.max(0, ...cell.split('\n').map((line) => stringWidth(line)));

/** The widths of the columns, so that a line has at most `limit` characters, if wrapping can bring that about; the widest is wrapped first. */
export const fitted = (natural: readonly number[], min: readonly number[], limit: number): readonly number[] => {
  const widths = [...natural];
  const total = () => widths.reduce((sum, width) => sum + width, 0) + GAP * (widths.length - 1);
  while (total() > limit) {
    const wrappable = widths.map((width, nth) => (width > (min[nth] ?? width) ? width : 0));
    const widest = wrappable.indexOf(Math.max(...wrappable));
    if ((wrappable[widest] ?? 0) === 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
};

/** Rows under headings, without borders, at most as wide as the screen. Without rows: what `none` says. */
export const table = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  screen: Screen,
  none = 'None.',
): string => {
  if (rows.length === 0) return none;
  const heads = columns.map(({ head }) => head.toUpperCase());
  const cells = [heads, ...rows];
  const natural = columns.map((_, nth) => Math.max(...cells.map((row) => widthOf(row[nth] ?? ''))));
  const min = columns.map((column, nth) => column.min ?? natural[nth] ?? 0);
  return draw([heads.map((head) => screen.style.dim(head)), ...rows], columns, fitted(natural, min, screen.width));
};

const draw = (rows: readonly (readonly string[])[], columns: readonly Column[], widths: readonly number[]): string => {
  const drawn = new Table({
    chars: NO_BORDERS,
    colWidths: widths.map((width) => width + 1),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    style: { 'padding-left': 0, 'padding-right': 1, head: [], border: [], compact: true },
    wordWrap: true,
  });
  drawn.push(...rows.map((row) => row.map((cell, nth) => wrapped(cell, widths[nth] ?? 0))));
  return withoutSpacesAtTheEnd(drawn.toString());
};

/** A word that is longer than its column is cut, since cli-table3 would leave its end out. */
const wrapped = (cell: string, width: number): string =>
  cell.includes('\u001b') ? cell : cell.replaceAll(/\S+/g, (word) => cut(word, Math.max(2, width)));

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** In lines of at most `width`, never within what is read as one character. */
const cut = (word: string, width: number): string => {
  if (stringWidth(word) <= width) return word;
  const lines = [''];
  for (const { segment } of graphemes.segment(word)) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && stringWidth(last + segment) > width) lines.push(segment);
    else lines[lines.length - 1] = last + segment;
  }
  return lines.join('\n');
};

const withoutSpacesAtTheEnd = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');

/** `Name   value` for each that has a value. */
export const fields = (
  rows: readonly (readonly [name: string, value: string | null | undefined])[],
  screen: Screen,
): string => {
  const given = rows.filter(([, value]) => value !== null && value !== undefined && value !== '');
  const names = Math.max(0, ...given.map(([name]) => name.length));
  const widths = [names, Math.max(20, screen.width - names - GAP)];
  const cells = given.map(([name, value]) => [screen.style.dim(name), value ?? '']);
  return given.length === 0 ? '' : draw(cells, [{ head: '' }, { head: '' }], widths);
};

/** A heading and what is below it, apart from what is above. Without content: nothing. */
export const section = (title: string, content: string, { style }: Screen): string =>
  content === '' ? '' : `\n${style.strong(title)}\n${content}`;

/** Pieces one below the other; empty ones are left out. */
export const stacked = (...pieces: readonly string[]): string => pieces.filter((piece) => piece !== '').join('\n');
