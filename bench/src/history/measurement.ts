import type { ExportRates } from './export-rate.ts';
import type { FilledHistory } from './filled-history.ts';
import type { HttpCost } from './over-http.ts';
import type { PairCost } from './read-cost.ts';
import type { StandingCost } from './standing-cost.ts';
import type { Side, WriteTimes } from './write-cost.ts';

export type HistoryMeasurement = {
  readonly backups: number;
  readonly filled: FilledHistory;
  readonly pairs: readonly PairCost[];
  readonly http: readonly HttpCost[];
  readonly writes: Readonly<Record<Side, WriteTimes>>;
  readonly standing: readonly StandingCost[];
  readonly exports: ExportRates;
  readonly versions: Readonly<Record<string, string>>;
};
