import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { PLAIN, styleOf } from './style.ts';
import { fields, fitted, table } from './table.ts';

const screen = { style: PLAIN, now: new Date(0), width: 40 };
const columns = [{ head: 'name', min: 10 }, { head: 'state' }, { head: 'size', align: 'right' }] as const;

describe('a table', () => {
  it('has no borders and no spaces at the end', () => {
    expect(
      table(
        columns,
        [
          ['a', 'COMPLETED', '1 B'],
          ['bb', 'FAILED', '12 B'],
        ],
        screen,
      ),
    ).toBe('NAME  STATE      SIZE\na     COMPLETED   1 B\nbb    FAILED     12 B');
  });

  it('wraps the columns that may be, also words that are too long, so that it fits', () => {
    const name = 'a-backup-with-an-id-of-fifty-characters-0123456789';
    const drawn = table(columns, [[name, 'COMPLETED', '12.5 MiB']], screen);
    expect(Math.max(...drawn.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
    const pieces = drawn
      .split('\n')
      .slice(1)
      .map((line) => line.split(' ')[0]);
    expect(pieces.join('')).toBe(name);
  });

  it('says what it holds if there are no rows', () => {
    expect(table(columns, [], screen, 'No backup fits.')).toBe('No backup fits.');
  });

  it.each([
    [[10, 9, 8], [10, 9, 8], 40, [10, 9, 8]],
    [[50, 9, 8], [10, 9, 8], 40, [19, 9, 8]],
    [[30, 30, 8], [10, 10, 8], 40, [14, 14, 8]],
    [[50, 9, 8], [30, 9, 8], 40, [30, 9, 8]],
  ])('of columns %j, at least %j, fits %i as %j', (natural, min, limit, widths) => {
    expect(fitted(natural, min, limit)).toEqual(widths);
  });
});

it('leaves out fields without a value, and wraps long ones beside their name', () => {
  const rows = [
    ['Backup', 'a'],
    ['Note', null],
    ['Failure', 'The disk of the repository is full, says the engine.'],
  ] as const;
  expect(fields(rows, screen)).toBe(
    'Backup   a\nFailure  The disk of the repository is\n         full, says the engine.',
  );
});

it.each(['日本語', '🎉', 'e\u0301', '👩‍👩‍👧'])('loses nothing of a long word of %s', (piece) => {
  const word = piece.repeat(40);
  const lines = fields([['Note', word]], screen).split('\n');
  expect(lines.map((line) => line.slice('Note  '.length)).join('')).toBe(word);
  expect(lines.filter((line) => stringWidth(line) > screen.width)).toEqual([]);
  expect(lines.filter((line) => !line.isWellFormed())).toEqual([]);
});

describe('colours', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
  ])('terminal %s, environment %j: %s', (isTerminal, environment, isColoured) => {
    expect(styleOf(isTerminal, environment).good('a') !== 'a').toBe(isColoured);
  });
});
