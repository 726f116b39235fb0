import { expect, it } from 'vitest';
import { numberAsText } from './number-as-text.ts';

it.each(['1', '123', '-1', '-0', '1.0', '1.50', '1e3', '1E+3', '9007199254740993', '9007199254740991.4', '1e400'])(
  'keeps %s as it was written',
  (number) => {
    const parsed: unknown = JSON.parse(`{"backupId": ${number}, "deep": [[${number}]]}`, numberAsText);
    expect(parsed).toEqual({ backupId: number, deep: [[number]] });
  },
);

it('leaves everything else alone, names that JavaScript knows included', () => {
  const text = '{"a":"1","b":null,"c":true,"__proto__":{"x":[]}}';
  expect(JSON.stringify(JSON.parse(text, numberAsText))).toBe(text);
});
