import { describe, expect, it } from 'vitest';
import { nextPollInMs } from '../../failure/poll-schedule.ts';
import { canRestore } from './compatibility.ts';

/** As the real engines report it. */
const engines = {
  '7.17': { newestReadable: 7_172_999, major: 7 },
  '8.19': { newestReadable: 8_537_000, major: 8 },
  '9.5': { newestReadable: 9_091_000, major: 9 },
};
const snapshots = { '7.17': 7_172_999, '8.19': 8_537_000, '9.5': 9_091_000 };

describe('whether an engine can restore a snapshot', () => {
  it.each([
    ['9.5', '8.19', false],
    ['9.5', '7.17', false],
    ['8.19', '7.17', false],
    ['7.17', '9.5', false],
    ['7.17', '8.19', true],
    ['8.19', '9.5', true],
    ['8.19', '8.19', true],
  ] as const)('taken by %s, restored by %s -> %s', (taken, running, expected) => {
    expect(canRestore(snapshots[taken], engines[running])).toBe(expected);
  });

  it('concludes nothing from a missing version', () => {
    expect(canRestore(undefined, engines['8.19'])).toBe(true);
  });
});

describe('polling', () => {
  it.each([
    [0, 100],
    [1_000, 100],
    [5_000, 250],
    [3_600_000, 10_000],
  ])('after %i ms of running the next look is in %i ms', (running, expected) => {
    expect(nextPollInMs({ minMs: 100, maxMs: 10_000 }, running)).toBe(expected);
  });
});
