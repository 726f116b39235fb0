import { expect, it } from 'vitest';
import { restoreOwnership } from '../restore-ownership.ts';
import { ALERTS, clearFacts, POSITIONS } from '../restore-plan.fixture.ts';
import { ownershipWarnings } from './ownership-warnings.ts';

it('names what is not restored, and why', () => {
  const notRestored = [
    { index: 'optimize-zeebe-record_x', why: 'otherComponent' },
    { index: ALERTS, why: 'kept' },
  ] as const;
  expect(ownershipWarnings(clearFacts, [])).toEqual([]);
  expect(ownershipWarnings(clearFacts, notRestored)).toMatchObject([
    {
      code: 'NOT_RESTORED',
      message: expect.stringContaining(`: optimize-zeebe-record_x (otherComponent), ${ALERTS} (kept).`),
    },
  ]);
});

it('warns of indices of both forms, in the backup or in the engine', () => {
  const later = 'optimize-optimize-alert_v4';
  const codes = (saved: readonly string[], there: readonly string[]) =>
    ownershipWarnings({ ...clearFacts, ownership: restoreOwnership('optimize', saved, there) }, []).map(
      ({ code }) => code,
    );
  expect(codes([POSITIONS, ALERTS], [later])).toEqual(['BOTH_FORMS']);
  expect(codes([POSITIONS, ALERTS], [ALERTS])).toEqual([]);
  expect(codes([later], [])).toEqual([]);
});
