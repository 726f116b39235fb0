import { expect, it } from 'vitest';
import { definitionOf, FAILURE_CODES, failureGroups, isFailureCode } from './failures.ts';

it('defines each code once', () => {
  const codes = Object.values(failureGroups).flatMap((group) => Object.keys(group));
  expect(codes).toHaveLength(new Set(codes).size);
  expect(codes.sort()).toEqual([...FAILURE_CODES].sort());
});

it.each(FAILURE_CODES)('says in sentences what %s is and what to do', (code) => {
  const { title, remedy, example, http } = definitionOf(code);
  for (const sentence of [title, remedy]) expect(sentence).toMatch(/^[A-Z].+\.$/);
  expect(example.message).not.toBe('');
  if (http === null) return;
  expect(http.status).toBeGreaterThanOrEqual(400);
  expect(http.status).toBeLessThan(600);
});

it.each([
  ['BACKUP_NOT_FOUND', true],
  ['UNEXPECTED', false],
  ['toString', false],
])('knows the codes of this version: %s -> %s', (code, expected) => {
  expect(isFailureCode(code)).toBe(expected);
});
