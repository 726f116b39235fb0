import { previewRelease, runRelease } from '@tandem/api/operations/bulk-release.ts';
import { cancel, type Operate, release } from '@tandem/api/operations/operate.ts';
import type { OperationRecord } from '@tandem/history/ports/operations.ts';
import { Violation } from '../watch/violation.ts';
import { comeToRest, command, type Life, operationsOf } from './life.ts';
import { REPOSITORY, type RollbackWorld } from './rollback-world.ts';

/** Operators release some of what is suspended, one by one or all creates at once, cancel some, and leave the rest. */
export const decideSuspended = async (life: Life): Promise<void> => {
  const { world } = life;
  for (const operation of await suspendedIn(world)) {
    const decision = world.random.pick(['release', 'releaseMany', 'cancel', 'cancel', 'leave'] as const);
    world.trace(`${decision} of ${operation.kind} ${operation.operationId}`);
    if (decision === 'cancel') await cancelOne(life, operation);
    if (decision === 'release' && isReleasable(operation)) await releaseOne(life, operation);
    if (decision === 'releaseMany') await releaseCreates(life);
    if (!(await comeToRest(life))) throw new Violation('ends', `after ${decision} not all of it ends`);
  }
};

const suspendedIn = async (world: RollbackWorld): Promise<readonly OperationRecord[]> =>
  (await operationsOf(world)).filter(({ state }) => state === 'SUSPENDED');

const isReleasable = ({ kind }: OperationRecord): boolean => kind === 'create' || kind === 'delete';

const operating = ({ world, nextId }: Life): Operate => ({
  ...{ history: world.history, engine: world.engine, enqueue: () => undefined, announce: () => undefined },
  newId: () => `00000000-0000-4000-8000-${String(nextId()).padStart(12, '0')}`,
});

/** Refused where another operation holds the backup, or another decision was faster. */
const releaseOne = async (life: Life, { operationId }: OperationRecord): Promise<void> => {
  const released = await release(operating(life), operationId, command).then(
    () => true,
    () => false,
  );
  if (released) life.world.forbidden.delete(operationId);
};

const releaseCreates = async (life: Life): Promise<void> => {
  const deps = operating(life);
  const request = { filter: {}, reason: 'still wanted' };
  const { operations, token } = await previewRelease(deps, request);
  if (operations.some(({ kind }) => kind !== 'create'))
    throw new Violation('suspended', 'a bulk release takes what nobody named');
  for (const { operationId } of operations) life.world.forbidden.delete(operationId);
  const context = {
    requestId: 'bulk',
    actor: command.actor,
    role: 'admin' as const,
    idempotencyKey: undefined,
    lastEventId: undefined,
  };
  await runRelease(deps, request, token, { ...context, signal: new AbortController().signal });
};

/** From here on it must not send anything: what it had made stays, a restore's too, and its report says so. */
const cancelOne = async (life: Life, { operationId, kind }: OperationRecord): Promise<void> => {
  const { world } = life;
  const before = inEngine(world);
  const operations = (await operationsOf(world)).length;
  const still = await world.history.findOperation(operationId);
  if (still?.state !== 'SUSPENDED') return;
  const { state } = await cancel(operating(life), operationId, command, false);
  world.forbidden.add(operationId);
  if (state !== 'CANCELLED') throw new Violation('suspended', `${kind} ${operationId} was cancelled and is ${state}`);
  if (inEngine(world) !== before) throw new Violation('suspended', `the cancel of ${operationId} changed the engine`);
  if ((await operationsOf(world)).length !== operations)
    throw new Violation('suspended', `the cancel of ${operationId} began a deletion`);
};

const inEngine = ({ engine }: RollbackWorld): string =>
  JSON.stringify(engine.snapshots(REPOSITORY).map(({ uuid, state }) => [uuid, state]));
