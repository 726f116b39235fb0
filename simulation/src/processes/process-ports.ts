import { ENGINE_WRITES } from '@tandem/engine/calls-port.ts';
import type { Engine, NewSnapshot } from '@tandem/engine/port.ts';
import type { DiscoveredSet, NewCreate, Noted } from '@tandem/history/ports/backups.ts';
import type { History } from '@tandem/history/ports/history.ts';
import type { Claim, ClaimOptions, FarLease, OperationChange } from '@tandem/history/ports/ledger.ts';
import type { NewDeletion } from '@tandem/history/ports/operations.ts';
import type { SuspendedOperation } from '@tandem/history/ports/suspensions.ts';
import type { MarkStore } from '@tandem/queue/marks-port.ts';
import type { JobQueue, OperationJob } from '@tandem/queue/port.ts';
import { fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { DriftChange } from '@tandem/shared/domain/reconciliation/drift.ts';
import { onLeaseEnded, requireMoving } from '../faults/watch-jumps.ts';
import { beforeEach, describeCall } from '../leases/observed-engine.ts';
import { drawFate } from '../scenario/draw-fate.ts';
import { type Fate, type Port, unreachableHistory } from '../scenario/fate.ts';
import { unsettleUntil } from '../scenario/scene.ts';
import { dispatch, type World } from '../scenario/world.ts';
import type { SealView } from '../seals/seal-view.ts';
import type { Accepted } from '../watch/watched.ts';
import type { SimulatedProcess } from './simulated-process.ts';

/** The ports as one process reaches them: over a network that delays, loses and repeats, to servers that may be away. */

type Method = (...args: never[]) => Promise<unknown>;
type Serve = (request: Request) => Promise<unknown>;
type Request = {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly effect: () => Promise<unknown>;
  readonly fate: Fate;
  readonly sentAt: number;
};

/** Every method of the port becomes a call of the process; `serve` is what the server does. */
const through = <T extends object>(world: World, process: SimulatedProcess, port: Port, target: T, serve: Serve): T =>
  Object.fromEntries(
    Object.entries(target).map(([method, run]: [string, Method]) => [
      method,
      (...args: never[]) => {
        const fate = world.partitions.fateOf(process.name, port, method) ?? drawFate(world, port, method);
        if (method === 'startSnapshot' && fate.is === 'fail')
          excuseTerminal(world, args[0] as unknown as NewSnapshot, fate);
        const title = () => `${port}.${method}${subject(args)}`;
        const request = { method, args, effect: () => run(...args), fate, sentAt: world.scheduler.now() };
        return process.call({ title, fate, effect: () => serve(request) });
      },
    ]),
  ) as T;

const subject = ([first, second]: readonly unknown[]): string => {
  if (typeof first === 'string') return ` ${first}${typeof second === 'number' ? ` r${second}` : ''}`;
  const named = first as { readonly name?: string; readonly backupId?: string } | undefined;
  return named?.name === undefined ? (named?.backupId === undefined ? '' : ` ${named.backupId}`) : ` ${named.name}`;
};

export const historyOf = (world: World, process: SimulatedProcess): History =>
  through(world, process, 'history', world.history, async ({ method, args, effect, sentAt }) => {
    if (world.outages.historyUntil > world.scheduler.now()) throw unreachableHistory();
    const result = await effect();
    await tellWatch(world, process, { method, args, result, sentAt });
    await world.restores?.onHistory(method, args, result);
    return result;
  });

/** What a sealer sees of PostgreSQL. */
export const sealsOf = (world: World, process: SimulatedProcess, view: SealView): SealView =>
  through(world, process, 'history', view, async ({ effect }) => {
    if (world.outages.historyUntil > world.scheduler.now()) throw unreachableHistory();
    return effect();
  });

type Answered = {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly result: unknown;
  readonly sentAt: number;
};

const tellWatch = async (
  world: World,
  process: SimulatedProcess,
  { method, args, result, sentAt }: Answered,
): Promise<void> => {
  const { watch, history } = world;
  const [first, second, third] = args;
  const operationId = String(first);
  if (method === 'accept') {
    const create = first as NewCreate;
    const key = (await history.findOperation(create.operationId))?.backupKey ?? '';
    return watch.onAccept(create, result as never, key);
  }
  if (method === 'farLeases') return world.clock.onRead(process.name);
  if (method === 'endLease') return onLeaseEnded(world, first as FarLease, result === true);
  if (method === 'claim') requireMoving(world, operationId, result as Claim);
  if (method === 'takeLease') return watch.onLease(operationId, second as string, third as number, result as boolean);
  if (method === 'appendEvents') return watch.onEvents(first as readonly NewEvent[]);
  if (method === 'claim') return watch.onClaim(operationId, second as ClaimOptions, result as never);
  if (method === 'renew') return watch.onRenew(operationId, second as number, result as boolean);
  if (method === 'record') watch.onRecord(operationId, second as number, third as OperationChange, result as never);
  if (method === 'discover') return watch.onDiscover(first as DiscoveredSet);
  if (method === 'noteState') return tellNoted(world, args, result as Noted);
  if (method === 'requestDeletion') watch.onDeletion(operationId, third as NewDeletion, result as never);
  if (method === 'cancelOperation') watch.onCancel(operationId, third as NewDeletion | undefined, result as never);
  if (method === 'retryOperation') watch.onRetry(operationId, result as never);
  if (method === 'releaseOperation') watch.onRelease(operationId, result as never);
  if (method === 'endSuspended') watch.onEndSuspended(operationId, third as never, result as boolean);
  if (method === 'suspendOperations')
    return tellSuspended(world, result as readonly SuspendedOperation[], { by: process.name, sentAt });
  if (WRITES.has(method))
    await tellRead(world, method === 'requestDeletion' ? (third as NewDeletion).operationId : operationId);
};

const tellNoted = async (world: World, [key, , event, drift = []]: readonly unknown[], noted: Noted): Promise<void> => {
  const { watch } = world;
  watch.onNote(String(key), event as NewEvent, drift as readonly DriftChange[], noted);
  const backup = [...watch.accepted.values()].find(({ backupKey }) => backupKey === key);
  if (backup !== undefined) watch.onRead(backup, await recordOf(world, backup));
};

type Sent = { readonly by: string; readonly sentAt: number };

const tellSuspended = async (
  world: World,
  suspended: readonly SuspendedOperation[],
  { by, sentAt }: Sent,
): Promise<void> => {
  world.watch.onSuspend(suspended, by, sentAt);
  for (const { operationId } of suspended) await tellRead(world, operationId);
};

const WRITES: ReadonlySet<string> = new Set([
  'record',
  'requestDeletion',
  'cancelOperation',
  'retryOperation',
  'releaseOperation',
  'endSuspended',
]);

const tellRead = async (world: World, operationId: string): Promise<void> => {
  const { watch } = world;
  const operation = watch.operationOf(operationId);
  if (operation === undefined) return;
  const backup = watch.accepted.get(operationId) ?? watch.deletionOf(operation)?.of;
  if (backup !== undefined) watch.onRead(backup, await recordOf(world, backup));
  watch.onChange(operation);
};

/** Undefined: it is deleted, and a newer incarnation hides it. */
export const recordOf = async ({ history }: World, { create, backupKey }: Accepted) => {
  const record = await history.findBackupWithDeleted(create.backupId, create.location);
  return record?.key === backupKey ? record : undefined;
};

export const queueOf = (world: World, process: SimulatedProcess): JobQueue =>
  through(world, process, 'queue', world.queue.queue, async ({ method, args, effect }) => {
    if (world.outages.redisUntil > world.scheduler.now()) throw new Error('Redis is away (simulated).');
    const result = await effect();
    if (method === 'enqueue') {
      world.jobs.push(...(args[0] as readonly OperationJob[]));
      dispatch(world, 0);
    }
    return result;
  });

export const marksOf = (world: World, process: SimulatedProcess): MarkStore =>
  through(world, process, 'queue', world.marks, async ({ effect }) => {
    if (world.outages.redisUntil > world.scheduler.now()) throw new Error('Redis is away (simulated).');
    return effect();
  });

/** Whoever only reads. */
export const readingEngineOf = (world: World, process: SimulatedProcess): Engine =>
  beforeEach(engineOf(world, process), ENGINE_WRITES, (call, args) =>
    world.watch.broken('leased', `${describeCall(call, args)} is sent by ${process.name}, which may only read`),
  );

/** `by`: who asks for deletes through it. */
export const engineOf = (world: World, process: SimulatedProcess, by: 'tick' | 'sweep' = 'tick'): Engine =>
  through<Engine>(world, process, 'engine', world.engine.port, async ({ method, args, effect, fate, sentAt }) => {
    if (world.outages.engineUntil > world.scheduler.now()) {
      throw fail('ENGINE_UNREACHABLE', 'The engine is down (simulated).', { call: method });
    }
    if (method === 'startSnapshot' && world.outages.createsUntil > world.scheduler.now()) {
      throw fail('ENGINE_BUSY', 'The engine has too much to do (simulated).', { call: method, status: 429 });
    }
    if (method === 'findSnapshots' && fate.is === 'stale') {
      const [repository, names] = args as readonly [string, readonly string[]];
      return staleList(world, repository, names, fate.byMs, fate.backward);
    }
    const doomed = method === 'deleteSnapshot' ? world.engine.find(String(args[0]), String(args[1])) : undefined;
    const result = await (world.restores?.carryOut({ method, args, effect, sentAt }) ?? effect());
    if (method === 'findSnapshots') world.engine.onShown(String(args[0]));
    if (method === 'startSnapshot') await onStarted(world, args[0] as NewSnapshot, sentAt);
    if (method === 'deleteSnapshot') world.engine.changed();
    if (doomed !== undefined) world.watch.onDeleted(doomed, by, sentAt);
    return result;
  });

const staleList = (world: World, repository: string, names: readonly string[], byMs: number, backward: boolean) => {
  const { list, wentBack } = world.engine.listAgo(repository, byMs, backward);
  if (wentBack) for (const name of names) world.watch.excuse(name, 'the engine denied what it had shown');
  return list.filter(({ name }) =>
    names.some((requested) => (requested.endsWith('*') ? name.startsWith(requested.slice(0, -1)) : requested === name)),
  );
};

const onStarted = async (world: World, snapshot: NewSnapshot, sentAt: number): Promise<void> => {
  const made = world.engine.find(snapshot.repository, snapshot.name);
  if (made !== undefined) await world.restores?.documents.onSnapshot(made.uuid, snapshot.indices);
  world.watch.onStarted(snapshot, sentAt);
  world.watch.onMade(snapshot, sentAt);
  world.restores?.onSnapshot(snapshot.owner.operationId, sentAt);
  const { endsBadly, endsAt } = world.engine.onStarted(snapshot, !world.calm);
  // a suspended create is taken up again once its last snapshot has ended
  unsettleUntil(world, endsAt);
  if (endsBadly) world.watch.excuse(snapshot.name, 'the snapshot ends badly');
};

/** An engine that rejects for good. */
const excuseTerminal = (world: World, { name }: NewSnapshot, { error }: Extract<Fate, { is: 'fail' }>): void => {
  if (isFailure(error, 'ENGINE_REFUSED', 'ENGINE_FAILED'))
    world.watch.excuse(name, `the engine answered ${error.code}`);
};
