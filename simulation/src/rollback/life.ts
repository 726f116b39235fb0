import type { Command } from '@tandem/history/ports/events.ts';
import type { OperationRecord } from '@tandem/history/ports/operations.ts';
import type { HistoryGuard } from '@tandem/planning/guard/history-guard.ts';
import { planParts } from '@tandem/shared/domain/backup/plan-backup.ts';
import { defaultProfile } from '@tandem/shared/domain/profile.ts';
import { INDICES, REPOSITORY, type RollbackWorld } from './rollback-world.ts';

const CLUSTER = 'in-memory-cluster';
const CALLER = { kind: 'anonymous', address: '127.0.0.1' } as const;
export const command: Command = { actor: CALLER, reason: 'simulated', requestId: undefined };
const OPEN = new Set(['QUEUED', 'RUNNING', 'WAITING']);
const ALL = 10_000;

/** What one process is used for, as long as it lives. */
export type Life = {
  readonly world: RollbackWorld;
  readonly guard: HistoryGuard;
  readonly run: ReturnType<RollbackWorld['startProcess']>['run'];
  /** Ids are counted over all lives: nothing that was lost is asked for again. */
  readonly nextId: () => number;
};

export const operationsOf = (world: RollbackWorld): Promise<readonly OperationRecord[]> =>
  world.history.listOperations({}, undefined, ALL);

export const openOperations = async (world: RollbackWorld): Promise<readonly OperationRecord[]> =>
  (await operationsOf(world)).filter(({ state }) => OPEN.has(state));

const operationId = (nth: number): string => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;

/** As the API does. Undefined: it was refused. */
export const requestBackup = async ({ world, guard, nextId }: Life): Promise<string | undefined> => {
  await guard.ready();
  const nth = nextId();
  const id = operationId(nth);
  const accepted = await world.history.accept({
    ...{ backupId: `b${nth}`, optimizeVersion: '3.9.0', profile: defaultProfile.name, indexPrefix: 'optimize' },
    ...{ origin: 'requested', operationId: id, requestId: undefined, actor: CALLER },
    location: { clusterUuid: CLUSTER, repository: REPOSITORY, repositoryUuid: undefined },
    parts: planParts(defaultProfile, 'optimize', `b${nth}`, '3.9.0', INDICES),
    events: [{ kind: 'backup.requested', actor: CALLER, source: 'api', after: { state: 'IN_PROGRESS' } }],
  });
  world.trace(`create ${id} of b${nth}: ${accepted.accepted ? 'accepted' : 'refused'}`);
  return accepted.accepted ? id : undefined;
};

const drawBackup = async ({ world, guard }: Life): Promise<OperationRecord | undefined> => {
  await guard.ready();
  const creates = await world.history.listOperations({ kinds: ['create'] }, undefined, ALL);
  return world.random.pick(creates);
};

const requestDeletion = async (life: Life): Promise<void> => {
  const { world, nextId } = life;
  const of = await drawBackup(life);
  if (of === undefined) return;
  const id = operationId(nextId());
  const deletion = { operationId: id, keepBackup: false, onlyUnfinished: false, deleteDiscovered: false };
  const { accepted } = await world.history.requestDeletion(of.backupKey, command, deletion);
  world.trace(`deletion ${id} of ${of.backupId}: ${accepted ? 'accepted' : 'refused'}`);
};

const cancel = async (life: Life): Promise<void> => {
  const { world, guard } = life;
  await guard.ready();
  const of = world.random.pick(await openOperations(world));
  if (of === undefined) return;
  if (of.kind === 'restore') await world.history.stopRestore(of.operationId, command);
  else await world.history.cancelOperation(of.operationId, command, undefined);
  world.trace(`cancel of ${of.operationId}`);
};

const requestRestore = async (life: Life): Promise<void> => {
  const { world, nextId } = life;
  const of = await drawBackup(life);
  if (of === undefined) return;
  const id = operationId(nextId());
  const deletes = world.random.chance(0.5) ? [{ index: 'optimize-alert_v4', uuid: 'u' }] : [];
  const { accepted } = await world.history.requestRestore({
    ...{ operationId: id, kind: 'restore', backupKey: of.backupKey, clusterUuid: CLUSTER, requestId: undefined },
    ...{ actor: CALLER, detail: { inPlace: false, task: { deletes, parts: [] } } },
    events: [{ kind: 'restore.requested', actor: CALLER, source: 'api', after: { operationId: id } }],
  });
  world.trace(`restore ${id}, ${deletes.length} deletions: ${accepted ? 'accepted' : 'refused'}`);
};

const tick = async ({ world, run }: Life): Promise<void> => {
  const due = world.random.pick(await world.history.overdue(0, 100));
  if (due !== undefined) await run(due);
};

const pass = async ({ world }: Life): Promise<void> => {
  world.pass(world.random.between(10, world.random.chance(0.1) ? 60_000 : 5_000));
  world.engine.finishAll();
};

/** As the sealer and the sweep do; neither stands still because Redis is away. */
const seal = async ({ guard }: Life): Promise<void> => void (await guard.mark().catch(() => undefined));
const sweep = ({ guard }: Life): Promise<boolean> => guard.watch();

const deeds: readonly (readonly [share: number, deed: (life: Life) => Promise<unknown>])[] = [
  [3, requestBackup],
  [1, requestDeletion],
  [1, cancel],
  [1, requestRestore],
  [12, tick],
  [6, pass],
  [3, seal],
  [4, sweep],
];
const drawn = deeds.flatMap(([share, deed]) => Array<typeof deed>(share).fill(deed));

export const live = async (life: Life, steps: number): Promise<void> => {
  for (let step = 0; step < steps; step += 1) await life.world.random.pick(drawn)?.(life);
};

const MAX_TICKS = 2_000;

/** Until nothing is left that a worker would carry out. False: something goes round in a circle. */
export const comeToRest = async (life: Life): Promise<boolean> => {
  for (let ticks = 0; ticks < MAX_TICKS; ticks += 1) {
    if ((await openOperations(life.world)).length === 0) return true;
    await tick(life);
    await pass(life);
  }
  return false;
};
