import { expect, expectTypeOf, it } from 'vitest';
import { omitUndefined } from './omit-undefined.ts';

it('leaves out what is undefined, and nothing else', () => {
  const fields = { b: undefined, a: null, z: 0, y: '', x: false, c: undefined };
  expect(Object.entries(omitUndefined(fields))).toEqual([
    ['a', null],
    ['z', 0],
    ['y', ''],
    ['x', false],
  ]);
});

it('makes fields optional that may be undefined', () => {
  const of = (a: string | undefined, b: number) => omitUndefined({ a, b });
  expectTypeOf(of).returns.toExtend<{ a?: string; b: number }>();
  expectTypeOf<{ a?: string; b: number }>().toExtend<ReturnType<typeof of>>();
  expect(of(undefined, 1)).toStrictEqual({ b: 1 });
});
