import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isNumberedId } from './numbered-id.ts';

it.each(['1', '123', '1748937221', '20261130153000', '9007199254740991'])('takes %s', (id) => {
  expect(isNumberedId(id)).toBe(true);
});

it.each([
  ...['', '0', '-1', '+1', '-0', '00', '007', '1.0', '1.5', '1e3', '0x1f', ' 1', '1 ', '1\n', '1_000', '１'],
  ...['9007199254740992', '9007199254740993', '10000000000000000', '99999999999999999999', 'nightly', '123a'],
])('refuses %j', (id) => {
  expect(isNumberedId(id)).toBe(false);
});

it('takes exactly the safe positive integers as JavaScript writes them', () => {
  const numbers = fc.oneof(fc.maxSafeInteger(), fc.bigInt().map(String), fc.double(), fc.integer()).map(String);
  fc.assert(
    fc.property(numbers, (text) => {
      const number = Number(text);
      expect(isNumberedId(text)).toBe(Number.isSafeInteger(number) && number > 0 && String(number) === text);
    }),
  );
});
