import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { printable } from './printable.ts';
import { render } from './render.ts';
import { PLAIN, styleOf } from './style.ts';

const COLOURED = styleOf(true, {});
const HOSTILE = '\u001b]0;title\u0007\u001b[2J\u009b31m\rover\u202ewritten';

it('shows control characters of others instead of obeying them', () => {
  for (const style of [PLAIN, COLOURED]) {
    expect(printable(HOSTILE, style)).toBe('␛]0;title␇␛[2J\ufffd31m␍over\ufffdwritten');
  }
  expect(printable('日本\tone\ntwo é', PLAIN)).toBe('日本\tone\ntwo é');
});

it('lets every colour of the style pass on a terminal, and none elsewhere', () => {
  for (const paint of Object.values(COLOURED)) expect(printable(paint('text'), COLOURED)).toBe(paint('text'));
  expect(printable(COLOURED.bad('text'), PLAIN)).toBe('␛[31mtext␛[39m');
});

it.each(['json', 'ndjson', 'yaml'] as const)('writes them as %s, which means the same', (format) => {
  const text = render({ data: { note: HOSTILE } }, format, { style: PLAIN, now: new Date(0), width: 80 });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(parse(text)).toEqual({ note: HOSTILE });
});

it('shows them in a table', () => {
  const text = render({ data: 1, view: () => HOSTILE }, 'table', { style: COLOURED, now: new Date(0), width: 80 });
  expect(text).not.toContain('\u001b');
});
