import { expect, it } from 'vitest';
import { backupBytes } from './backup-bytes.ts';

it.each<[readonly (number | undefined)[], number | undefined]>([
  [[1, 2, 3], 6],
  [[0], 0],
  [[1, undefined, 3], undefined],
  [[undefined, 3], undefined],
  [[1, undefined], undefined],
  [[], undefined],
])('adds up what the parts hold, and says nothing where one was not measured: %j -> %s', (parts, bytes) => {
  expect(backupBytes(parts.map((part) => ({ bytes: part })))).toBe(bytes);
});
