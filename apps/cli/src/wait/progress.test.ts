import { expect, it } from 'vitest';
import { describeProgress, fractionOf, onlyStep, type Progress, progressReport } from './progress.ts';

const now = new Date('2026-11-22T01:00:00Z');
const running: Progress = {
  ...{ step: 'IN_PROGRESS, part 1 of 2', shardsDone: 30, shards: 48, bytesDone: 402_112_000, bytes: 812_344_120 },
  ...{ bytesPerSecond: 12_400_000, estimatedEndAt: '2026-11-22T01:00:33.4Z' },
};

it('has shards, bytes, the rate and an estimate', () => {
  expect(describeProgress(running, now)).toBe(
    'IN_PROGRESS, part 1 of 2, 30 of 48 shards, 383.5 MiB of 774.7 MiB, 11.8 MiB/s, about 33 s left',
  );
  expect(describeProgress(onlyStep('QUEUED'), now)).toBe('QUEUED');
});

it.each([
  ['by bytes', running, 0.495],
  ['by shards without bytes', { ...running, bytes: 0, bytesDone: 0 }, 0.625],
  ['nothing known', onlyStep('QUEUED'), 0],
  ['never beyond all', { ...running, bytesDone: 900_000_000 }, 1],
])('is a fraction: %s', (_, progress, fraction) => expect(fractionOf(progress)).toBeCloseTo(fraction, 3));

it('writes a line for each step, and one every 10 s in between', () => {
  const lines: string[] = [];
  let ms = 0;
  const report = progressReport({ bar: undefined, say: (line) => lines.push(line), now: () => new Date(ms) });
  for (const [at, done] of [
    [0, 1],
    [4_000, 2],
    [11_000, 3],
    [12_000, 3],
  ] as const) {
    ms = at;
    report.update({ ...onlyStep('RUNNING'), shards: 9, shardsDone: done });
  }
  report.update(onlyStep('DONE'));
  expect(lines).toEqual(['RUNNING, 1 of 9 shards', 'RUNNING, 3 of 9 shards', 'DONE']);
});
