import { execFileSync } from 'node:child_process';
import { inTurn, timed } from '../measure/figures.ts';
import type { BenchStack, Progress } from '../stack/bench-stack.ts';
import { startApi } from '../stack/tandem-process.ts';
import type { BenchEngine } from './bench-engine.ts';
import { indexListsOf, OPTIMIZE_VERSION, snapshotNames } from './parts-by-hand.ts';
import { takeBackup } from './tandem-backup.ts';

export type Round = {
  readonly tandemMs: number;
  readonly byHandMs: number;
  /** What the two snapshots contain, either way. */
  readonly bytes: number;
};

type IndexLists = Awaited<ReturnType<typeof indexListsOf>>;
type Way = 'tandem' | 'byHand';

const takeByHand = async (engine: BenchEngine, repository: string, lists: IndexLists): Promise<void> => {
  const names = snapshotNames('by-hand');
  for (const [at, indices] of lists.entries()) await engine.takeSnapshot(repository, names[at] ?? '', indices);
};

/** Both must contain the same: two complete snapshots with the same indices each. */
const checkedBytes = async (engine: BenchEngine, repository: string, backupId: string): Promise<number> => {
  const lists = await indexListsOf(engine);
  const names = snapshotNames(backupId);
  const seen = await engine.snapshotsIn(repository);
  const sought = lists.map((indices, at) => [names[at], 'SUCCESS', [...indices].sort()]);
  const found = seen.map(({ snapshot, state, indices }) => [snapshot, state, [...indices].sort()]);
  if (JSON.stringify(found) !== JSON.stringify(sought)) {
    throw new Error(`repository ${repository} holds ${JSON.stringify(found)} instead of ${JSON.stringify(sought)}`);
  }
  return engine.bytesIn(repository, names);
};

export type Series = {
  readonly name: string;
  /** The rate limit of the repositories. */
  readonly perSecond: string;
  readonly rounds: number;
  /** Whether a warm-up round precedes them. */
  readonly warmUp: boolean;
  /** Whether each waits until earlier writes have reached the disk. */
  readonly settleDisk: boolean;
};

/** One backup in one way, into an empty repository. */
const measure = async (bench: BenchStack, engine: BenchEngine, way: Way, series: Series, round: number) => {
  const repository = `bench-${series.name}-${round}-${way.toLowerCase()}`;
  const backupId = way === 'tandem' ? `bench-${series.name}-${round}` : 'by-hand';
  await engine.makeRepository(repository, series.perSecond);
  // the API reads its repository at start, so each backup gets a new API
  const settings = { ...apiSettings(engine), CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: repository };
  const api = way === 'tandem' ? await startApi(bench, settings, () => undefined) : undefined;
  const lists = await indexListsOf(engine);
  if (series.settleDisk) execFileSync('sync');
  const take = async () => void (await (api ? takeBackup(api.url, backupId) : takeByHand(engine, repository, lists)));
  const { ms } = await timed(take);
  await api?.stop();
  const bytes = await checkedBytes(engine, repository, backupId);
  await engine.removeRepository(repository);
  return { ms, bytes };
};

export const apiSettings = ({ url }: BenchEngine) => ({
  ELASTICSEARCH_URL: url,
  CAMUNDA_OPTIMIZE_VERSION: OPTIMIZE_VERSION,
});

/** Rounds of both ways, alternating. Requires a running worker. */
export const bothWays = async (
  bench: BenchStack,
  engine: BenchEngine,
  series: Series,
  progress: Progress,
): Promise<readonly Round[]> => {
  const measured: Round[] = [];
  for (let round = series.warmUp ? 0 : 1; round <= series.rounds; round += 1) {
    const taken: Partial<Record<Way, { ms: number; bytes: number }>> = {};
    for (const way of inTurn(['tandem', 'byHand'] as const, round)) {
      taken[way] = await measure(bench, engine, way, series, round);
    }
    const { tandem, byHand } = taken;
    if (tandem === undefined || byHand === undefined) throw new Error('one of the two ways was not measured');
    const counts = round === 0 ? 'does not count' : `round ${round} of ${series.rounds}`;
    progress(`${series.name}: Tandem ${tandem.ms.toFixed(0)} ms, by hand ${byHand.ms.toFixed(0)} ms (${counts})`);
    const bytes = Math.min(tandem.bytes, byHand.bytes);
    if (round > 0) measured.push({ tandemMs: tandem.ms, byHandMs: byHand.ms, bytes });
  }
  return measured;
};
