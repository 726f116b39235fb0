import { type InMemoryEngine, inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import type { NewSnapshot } from '@tandem/engine/port.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import type { Random } from '../chance/random.ts';
import type { Scheduler } from '../chance/scheduler.ts';
import { INDEX_PREFIX, type Scenario } from './scenario.ts';
import { EPOCH_MS } from './timing.ts';

type Life = { readonly bornAt: number; diedAt: number | undefined };

/** The engine with what happens in it by itself: snapshots run and end, indices come and go, lists are remembered. */
export type EngineSide = {
  readonly port: InMemoryEngine;
  /** To be called when a create took effect: the snapshot will end. */
  readonly onStarted: (
    snapshot: NewSnapshot,
    mayEndBadly: boolean,
  ) => { readonly endsBadly: boolean; readonly endsAt: number };
  readonly find: (repository: string, name: string) => Snapshot | undefined;
  /** What the repository held `byMs` ago; not before what a caller has already been shown, unless `backward`. */
  readonly listAgo: (
    repository: string,
    byMs: number,
    backward: boolean,
  ) => { list: readonly Snapshot[]; wentBack: boolean };
  /** Every list that the repository had since then, the one of that time first. */
  readonly listsSince: (repository: string, atMs: number) => readonly (readonly Snapshot[])[];
  /** To be called when a caller is shown the current list. */
  readonly onShown: (repository: string) => void;
  /** Indices that were there at that time, by the engine's clock, and are still. */
  readonly aliveSince: (at: Date) => readonly string[];
  readonly createIndex: (name: string) => void;
  /** False: a running snapshot holds it, as engines say, or it is not there. */
  readonly deleteIndex: (name: string) => boolean;
  readonly indices: () => readonly string[];
  /** To be called after a client removed or added snapshots. */
  readonly changed: () => void;
};

export type EngineSideOptions = {
  readonly scenario: Scenario;
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly trace: ((line: string) => void) | undefined;
};

export const FIRST_INDICES = [
  'optimize-import-index_v3',
  'optimize-timestamp-based-import-index_v5',
  'optimize-position-based-import-index_v3',
  'optimize-process-instance-invoice_v8',
  'optimize-process-instance-order_v8',
  'optimize-single-process-report_v11',
];

export const newEngineSide = ({ scenario, scheduler, random, trace }: EngineSideOptions): EngineSide => {
  const port = inMemoryEngine({ now: () => new Date(EPOCH_MS + scenario.engineSkewMs + scheduler.now()) });
  const lives = new Map<string, Life>();
  const pasts = new Map<string, Past>(
    scenario.repositories.map((name) => [name, { lists: [{ at: 0, list: [] }], shown: 0 }]),
  );

  const createIndex = (name: string): void => {
    port.createIndex(name);
    lives.set(name, { bornAt: scheduler.now(), diedAt: undefined });
  };
  const indices = (): readonly string[] =>
    [...lives].filter(([, { diedAt }]) => diedAt === undefined).map(([name]) => name);

  const changed = (): void => {
    for (const [repository, past] of pasts) {
      const list = port.snapshots(repository);
      past.lists.push({ at: scheduler.now(), list });
    }
  };

  const find = (repository: string, name: string): Snapshot | undefined =>
    port.snapshots(repository).find((snapshot) => snapshot.name === name);

  const onStarted = ({ repository, name }: NewSnapshot, mayEndBadly: boolean) => {
    const uuid = find(repository, name)?.uuid;
    const bad = mayEndBadly && random.chance(scenario.badEnds);
    const longest = random.chance(0.05) ? 60_000 : scenario.longestSnapshotMs;
    const runsForMs = random.between(0, longest);
    scheduler.after(runsForMs, () => {
      const snapshot = find(repository, name);
      if (snapshot?.uuid !== uuid || snapshot?.state !== 'IN_PROGRESS') return;
      port.finish(repository, name, bad ? badEnd(random, snapshot) : undefined);
      changed();
      trace?.(`engine  ${name} ended ${find(repository, name)?.state}`);
    });
    changed();
    return { endsBadly: bad, endsAt: scheduler.now() + runsForMs };
  };

  const onShown = (repository: string): void => {
    const past = pasts.get(repository);
    if (past !== undefined) past.shown = past.lists.length - 1;
  };

  const listAgo: EngineSide['listAgo'] = (repository, byMs, backward) => {
    const past = pasts.get(repository);
    if (past === undefined) return { list: [], wentBack: false };
    const then = past.lists.findLastIndex(({ at }) => at <= scheduler.now() - byMs);
    const at = Math.max(0, backward ? then : Math.max(then, past.shown));
    const wentBack = at < past.shown;
    past.shown = Math.max(at, past.shown);
    return { list: past.lists[at]?.list ?? [], wentBack };
  };

  const listsSince: EngineSide['listsSince'] = (repository, atMs) => {
    const lists = pasts.get(repository)?.lists ?? [];
    const first = Math.max(
      0,
      lists.findLastIndex(({ at }) => at <= atMs),
    );
    return lists.slice(first).map(({ list }) => list);
  };

  const deleteIndex = (name: string): boolean => {
    const life = lives.get(name);
    const isHeld = scenario.repositories.some((repository) =>
      port.snapshots(repository).some((one) => one.state === 'IN_PROGRESS' && one.indices.includes(name)),
    );
    if (life === undefined || isHeld) return false;
    life.diedAt = scheduler.now();
    port.deleteIndex(name);
    return true;
  };

  for (const name of scenario.repositories) port.createRepository(name);
  for (const name of FIRST_INDICES) createIndex(name);
  for (const name of scenario.neighbours.names) port.createIndex(name, 1);
  port.putMetadata(INDEX_PREFIX, { schemaVersion: '8.7.0', installationId: undefined });

  return {
    port,
    onStarted,
    find,
    listAgo,
    listsSince,
    onShown,
    aliveSince: (at) => {
      const atMs = at.getTime() - EPOCH_MS - scenario.engineSkewMs;
      return [...lives].filter(([, life]) => life.bornAt < atMs && life.diedAt === undefined).map(([name]) => name);
    },
    createIndex,
    deleteIndex,
    indices,
    changed,
  };
};

type Past = { readonly lists: { readonly at: number; readonly list: readonly Snapshot[] }[]; shown: number };

/** One of both passes by itself: a node left. */
const badEnd = (random: Random, { indices }: Snapshot) => {
  const state = random.chance(0.5) ? ('PARTIAL' as const) : ('FAILED' as const);
  const reason = state === 'PARTIAL' ? 'node left the cluster during snapshot' : 'checksum failed (hardware problem?)';
  return { state, failures: [{ index: indices[0] ?? '', shard: 0, reason }] };
};
