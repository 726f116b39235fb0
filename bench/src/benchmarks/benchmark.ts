import type { Report } from '../report/report.ts';
import type { Progress } from '../stack/bench-stack.ts';

/** `small`: seconds and little data, all checks and no bars. */
export type Size = 'full' | 'small';

export type Options = {
  /** How many backups to generate; undefined: the benchmark's default. */
  readonly backups?: number | undefined;
  /** The folder in which a generated history is kept for the next run; undefined: it is not kept. */
  readonly keep?: string | undefined;
};

export type Benchmark = {
  readonly about: string;
  /** Rejects when it did not measure what it claims to measure. */
  readonly run: (size: Size, progress: Progress, options: Options) => Promise<Report>;
};
