import type { Report } from '../report/report.ts';
import type { Progress } from '../stack/bench-stack.ts';

/** `small`: seconds and little data, all checks and no bars. */
export type Size = 'full' | 'small';

export type Options = {
  /** How many backups a history is filled with; undefined: as the benchmark has it. */
  readonly backups?: number | undefined;
  /** Where a filled history is kept, and found again; undefined: nowhere. */
  readonly keep?: string | undefined;
};

export type Benchmark = {
  readonly about: string;
  /** Rejects when what it measured is not what it claims to measure. */
  readonly run: (size: Size, progress: Progress, options: Options) => Promise<Report>;
};
