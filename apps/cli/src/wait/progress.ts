import { SingleBar } from 'cli-progress';
import type { Io } from '../io/io.ts';
import { printable } from '../output/printable.ts';
import { PLAIN } from '../output/style.ts';
import { amount, bytes, span } from '../output/units.ts';

/** How far something is. */
export type Progress = {
  /** What it is at, in a few words: `IN_PROGRESS, part 1 of 2`. */
  readonly step: string;
  readonly shardsDone: number;
  readonly shards: number;
  readonly bytesDone: number;
  readonly bytes: number;
  readonly bytesPerSecond: number | null;
  readonly estimatedEndAt: string | null;
};

/** Of what reports no numbers. */
export const onlyStep = (step: string): Progress => ({
  ...{ step, shardsDone: 0, shards: 0, bytesDone: 0, bytes: 0, bytesPerSecond: null, estimatedEndAt: null },
});

/** `IN_PROGRESS, part 1 of 2, 30 of 48 shards, 383.5 MiB of 774.7 MiB, 11.8 MiB/s, 33 s left` */
export const describeProgress = (progress: Progress, now: Date): string => {
  const { step, shardsDone, shards, bytesDone, bytes: total, bytesPerSecond, estimatedEndAt } = progress;
  const left = estimatedEndAt === null ? 0 : Date.parse(estimatedEndAt) - now.getTime();
  return [
    step,
    ...(shards === 0 ? [] : [`${amount(shardsDone)} of ${amount(shards)} shards`]),
    ...(total === 0 ? [] : [`${bytes(bytesDone)} of ${bytes(total)}`]),
    ...(bytesPerSecond === null ? [] : [`${bytes(bytesPerSecond)}/s`]),
    ...(left <= 0 ? [] : [`about ${span(Math.max(left, 1_000)).replace(/\.\d/, '')} left`]),
  ].join(', ');
};

/** From 0 to 1, by bytes, or by shards where there are no bytes. */
export const fractionOf = ({ shardsDone, shards, bytesDone, bytes: total }: Progress): number => {
  if (total > 0) return Math.min(1, bytesDone / total);
  return shards > 0 ? Math.min(1, shardsDone / shards) : 0;
};

export type ProgressReport = { readonly update: (progress: Progress) => void; readonly end: () => void };

/** A bar on a terminal, lines otherwise. */
export const progressReport = (io: Pick<Io, 'bar' | 'say' | 'now'>): ProgressReport =>
  io.bar === undefined ? lines(io) : bar(io.bar, io.now);

const FORMAT = '{bar} {percentage} %  {detail}';

const bar = (stream: NodeJS.WriteStream, now: () => Date): ProgressReport => {
  const drawn = new SingleBar({
    ...{ stream, format: FORMAT, barsize: 20, hideCursor: true, clearOnComplete: true, autopadding: true },
    ...{ barCompleteChar: '█', barIncompleteChar: '░', gracefulExit: false, emptyOnZero: true },
  });
  drawn.start(1, 0, { detail: '' });
  return {
    update: (progress) => {
      // a message of an engine may have several lines
      const detail = printable(describeProgress(progress, now()).replaceAll(/\s+/g, ' '), PLAIN);
      drawn.update(fractionOf(progress), { detail });
    },
    end: () => drawn.stop(),
  };
};

const LINE_EVERY_MS = 10_000;

/** A line for each step, and one from time to time in between. */
const lines = ({ say, now }: Pick<Io, 'say' | 'now'>): ProgressReport => {
  let last: { readonly step: string; readonly line: string; readonly at: number } | undefined;
  return {
    update: (progress) => {
      const line = describeProgress(progress, now());
      const at = now().getTime();
      if (last?.line === line || (last?.step === progress.step && at - last.at < LINE_EVERY_MS)) return;
      last = { step: progress.step, line, at };
      say(line);
    },
    end: () => undefined,
  };
};
