import { failures } from '@tandem/shared/domain/failure/failures.ts';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES, exitOfError, exitOfStatus } from './exit-codes.ts';

const STATUSES = [
  [400, 'usage'],
  [401, 'notAllowed'],
  [403, 'notAllowed'],
  [404, 'notFound'],
  [409, 'conflict'],
  [405, 'usage'],
  [413, 'usage'],
  [415, 'usage'],
  [408, 'unreachable'],
  [417, 'usage'],
  [421, 'notAllowed'],
  [422, 'usage'],
  [429, 'unreachable'],
  [500, 'unreachable'],
  [502, 'unreachable'],
  [503, 'unreachable'],
  [504, 'unreachable'],
  [302, 'unreachable'],
] as const;

describe('exit codes', () => {
  it('are those that scripts rely on', () => {
    const codes = Object.fromEntries(Object.entries(EXIT_CODES).map(([name, { code }]) => [name, code]));
    expect(codes).toEqual({
      ...{ ok: 0, failed: 1, usage: 2, notFound: 3, conflict: 4, unreachable: 5, notAllowed: 6, timedOut: 7 },
      interrupted: 130,
    });
  });

  it.each(STATUSES)('of a response with status %i: %s', (status, name) => {
    expect(exitOfStatus(status)).toBe(name);
  });

  it.each([
    [404, 'NOT_FOUND', 'notFound'],
    [404, undefined, 'unreachable'],
    [409, undefined, 'unreachable'],
    [401, undefined, 'notAllowed'],
    [403, undefined, 'notAllowed'],
    [200, undefined, 'unreachable'],
  ] as const)('of a response with status %i and code %s: %s', (status, code, name) => {
    expect(exitOfError({ status, code })).toBe(name);
  });

  it('were decided for every status that a failure of the API has', () => {
    const statuses = Object.values(failures).flatMap(({ http }) => http?.status ?? []);
    const decided = new Set(STATUSES.map(([status]) => status));
    expect([...new Set(statuses)].filter((status) => !decided.has(status))).toEqual([]);
  });
});
