import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readToken, writeToken } from './retry-token.ts';

const filter = { states: ['FAILED'] };
const some = [
  { position: '4000000000', revision: 3 },
  { position: '17', revision: 200 },
];

const refused = (token: string, of: unknown = filter): boolean => {
  try {
    readToken(token, of);
    return false;
  } catch (error) {
    return isFailure(error, 'TOKEN_INVALID');
  }
};

it('names what it was written for, whatever that is', () => {
  const positions = fc.uniqueArray(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), { maxLength: 50 });
  fc.assert(
    fc.property(positions, fc.infiniteStream(fc.nat()), (numbers, revisions) => {
      const operations = numbers
        .sort((one, other) => (one < other ? 1 : -1))
        .map((position) => ({ position: String(position), revision: revisions.next().value ?? 0 }));
      const shown = readToken(writeToken(operations, filter), filter);
      expect([...shown]).toEqual(operations.map(({ position, revision }) => [position, revision]));
    }),
  );
});

it('is refused with another filter, cut, altered or made up', () => {
  const token = writeToken(some, filter);
  expect(readToken(token, filter).size).toBe(2);
  expect(refused(token, { ...filter, backupId: 'b' })).toBe(true);
  for (const other of ['', '.', 'x', token.slice(0, -2), `${token}AA`, token.replace('.', ''), `x${token.slice(1)}`]) {
    expect(refused(other), other).toBe(true);
  }
});

it('stays within what a request may carry for 1,000 operations that are far apart and were retried often', () => {
  const operations = Array.from({ length: 1_000 }, (_, at) => ({
    position: String(BigInt(1_001 - at) * 30_000_000n),
    revision: 2_000_000,
  }));
  expect(writeToken(operations, filter).length).toBeLessThan(12_000);
});
