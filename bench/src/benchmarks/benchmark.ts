import type { Report } from '../report/report.ts';
import type { Progress } from '../stack/bench-stack.ts';

/** `small`: seconds and little data, all checks and no bars. */
export type Size = 'full' | 'small';

export type Benchmark = {
  readonly about: string;
  /** Rejects when what it measured is not what it claims to measure. */
  readonly run: (size: Size, progress: Progress) => Promise<Report>;
};
