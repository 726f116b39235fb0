import { parse } from 'csv-parse/sync';
import { assert, constantFrom, oneof, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CSV_LINE_END, csvCell, FORMULA_STARTS, readCell } from './csv-cell.ts';

const read = (csv: string): string[][] => parse(csv, { record_delimiter: CSV_LINE_END });

/** Texts that mean mischief, and any others. */
const text = oneof(
  tuple(constantFrom('', ' ', '   ', ...FORMULA_STARTS), string({ unit: 'binary' })).map((parts) => parts.join('')),
  string({ unit: constantFrom('"', "'", ',', ';', '\r', '\n', '\t', '=', '+', '-', '@', ' ', 'a', '\u{1f600}') }),
);

describe('a cell', () => {
  it('is read back by a CSV parser as it was, and begins like no formula', () => {
    assert(
      property(text, text, (one, other) => {
        const [[first = '', middle, last = ''] = []] = read(`${csvCell(one)},x,${csvCell(other)}${CSV_LINE_END}`);
        expect([readCell(first), middle, readCell(last)]).toEqual([one, 'x', other]);
        for (const cell of [first, last]) expect(cell).not.toMatch(/^ *[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['=1+1', `"'=1+1"`],
    ['=HYPERLINK("http://evil","x")', `"'=HYPERLINK(""http://evil"",""x"")"`],
    ['  @SUM(1)', `"'  @SUM(1)"`],
    ['\uff1d1', `"'\uff1d1"`],
    ["'quoted", `"''quoted"`],
    ['backup-1', '"backup-1"'],
    ['', '""'],
    [null, ''],
  ])('%j is written %s', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
});
