import { expect, it } from 'vitest';
import { clearFacts } from '../restore-plan.fixture.ts';
import { safetyWarnings } from './safety-warnings.ts';

const { backup } = clearFacts;

it('warns of a part that holds nothing', () => {
  const parts = backup.parts.map((part) => (part.number === 2 ? { ...part, state: 'EMPTY' as const } : part));
  expect(safetyWarnings({ ...clearFacts, backup: { ...backup, parts } })).toMatchObject([
    { code: 'PART_EMPTY', message: expect.stringContaining('Part 2 of 2 holds no index') },
  ]);
  expect(safetyWarnings(clearFacts)).toEqual([]);
});

it('warns that the version is assumed', () => {
  expect(safetyWarnings({ ...clearFacts, backup: { ...backup, versionAssumed: true } })).toMatchObject([
    { code: 'VERSION_ASSUMED', message: expect.stringContaining('Optimize 3.9.0 is assumed') },
  ]);
});
