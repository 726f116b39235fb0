import type { NewRestore } from '@tandem/engine/port.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/backup.ts';
import { rehearsalPrefix } from '@tandem/shared/domain/rehearsal.ts';
import { ENGINE_MASTER_MS } from '../world.ts';
import { endLater, targetNames, uuidsOf } from './index-side.ts';
import type { WatchingRestores } from './restores.ts';
import type { Sender, WatchedRestore } from './watched-restore.ts';

type IndexCall = {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly effect: () => Promise<unknown>;
  readonly askedAt: number;
};

type Doomed = { readonly name: string; readonly uuid: string; readonly documents: number };

/** What is restored and deleted in the engine. */
export const watchIndices = (watching: WatchingRestores) => {
  const { world, all, strangers, disturbed, senders, scenario, written } = watching;
  const { watch, scheduler } = world;
  const { broken } = watch;

  const makerOf = (uuid: string): WatchedRestore | undefined => [...all.values()].find(({ made }) => made.has(uuid));

  const isPlanned = ({ task }: WatchedRestore, { name, uuid }: Omit<Doomed, 'documents'>): boolean =>
    task.deletes.some((deletion) => deletion.index === name && deletion.uuid === uuid);

  /** A worker is about to send a call that changes indices. */
  const onSend = (what: string, { revision }: ClaimedOperation, sender: Sender): void => {
    const { restore } = sender;
    const claim = [restore?.held, restore?.fenced].find((one) => one?.revision === revision);
    if (claim === undefined || claim.leaseUntil <= scheduler.now())
      broken('leased', `${what} is sent under revision ${revision} of ${restore?.operationId}, whose lease is over`);
  };

  const onDeleteSend = (names: readonly string[], operation: ClaimedOperation, sender: Sender): void => {
    onSend(`the deletion of ${names.join()}`, operation, sender);
    for (const name of names) {
      const uuid = sender.seen.get(name);
      if (uuid !== undefined) requireUnwritten({ name, uuid }, sender);
      if (uuid === undefined) broken('own', `${name} is deleted for ${operation.operationId}, which did not see it`);
      else if (!isOurs(sender.restore, { name, uuid }))
        broken('own', `${name} (${uuid}) is deleted for ${operation.operationId}, whose it is not`);
    }
  };

  const isOurs = (restore: WatchedRestore | undefined, doomed: Omit<Doomed, 'documents'>): boolean =>
    restore !== undefined &&
    (restore.made.has(doomed.uuid) || isPlanned(restore, doomed) || restore.recorded.has(doomed.uuid));

  /** Engines delete by name: what came since the last look may be met, but nothing that a restore made. */
  const onDeleted = (doomed: Doomed, sender: Sender, askedAt: number): void => {
    const { restore, seen } = sender;
    const wasSeen = seen.get(doomed.name) === doomed.uuid;
    strangers.delete(doomed.uuid);
    if (restore !== undefined && wasSeen && isPlanned(restore, doomed)) requireSaved(restore, doomed);
    else requireOwn(doomed, restore, wasSeen, scheduler.now() - askedAt);
  };

  const requireOwn = ({ name, uuid }: Doomed, by: WatchedRestore | undefined, wasSeen: boolean, tookMs: number) => {
    const maker = makerOf(uuid);
    const what = `${name} (${uuid}) was deleted for ${by?.operationId}`;
    const isOwn = wasSeen && maker === by;
    if (maker === undefined && wasSeen && !isOurs(by, { name, uuid })) broken('own', `${what}, whose it is not`);
    if (maker !== undefined && !isOwn && tookMs <= ENGINE_MASTER_MS)
      broken('own', `${what} ${tookMs} ms after it was sent, and ${maker.operationId} had restored it since`);
    if (isOwn) return;
    watching.harms.add('late');
    disturbed.set(name, scheduler.now());
  };

  /** What was written to a restored index before its restore ended is never deleted, but as an operator planned it. */
  const requireUnwritten = ({ name, uuid }: Omit<Doomed, 'documents'>, { restore }: Sender): void => {
    const since = written.get(uuid);
    if (since === undefined || restore === undefined || isPlanned(restore, { name, uuid })) return;
    if (since < restore.tickSince)
      broken('written', `${name} (${uuid}) is deleted for ${restore.operationId}, and somebody had written to it`);
  };

  /** No document is deleted by a restore unless it is in a complete safety backup or its index is in acceptUnsaved. */
  const requireSaved = ({ operationId, task }: WatchedRestore, { name, documents }: Doomed): void => {
    if (task.acceptUnsaved?.includes(name)) return;
    const saved = world.engine.port
      .snapshots('one')
      .filter(
        ({ owner, state, shards }) => owner?.safetyOf === operationId && state === 'SUCCESS' && shards.failed === 0,
      )
      .map((snapshot) => world.engine.port.savedDocuments('one', snapshot.name, name))
      .find((found) => found !== undefined);
    if (saved === undefined)
      broken('own', `${name} was deleted for ${operationId}, and is in no complete safety backup`);
    else if (saved < documents)
      broken('own', `${name} was deleted for ${operationId} with ${documents} documents, of which ${saved} are saved`);
  };

  /** The sweep removes what came late of rehearsals, under names that nothing else uses. */
  const onSwept = ({ name, uuid }: Omit<Doomed, 'documents'>): void => {
    const isOfEnded = ({ operationId, task, ended }: WatchedRestore): boolean =>
      task.copy && ended !== undefined && name.startsWith(`${rehearsalPrefix(operationId)}-`);
    if (![...all.values()].some(isOfEnded))
      broken('own', `${name} (${uuid}) was swept, and is of no rehearsal that ended`);
    strangers.delete(uuid);
  };

  /** By name: what an operator named goes, and what could be ours nobody can tell apart. */
  const requireOurs = (names: Iterable<string>, { restore }: Partial<Sender>, what: string): void => {
    for (const name of names)
      if (world.scenario.neighbours.names.has(name) && restore?.task.deleteUnknown.includes(name) !== true)
        broken('foreign', `${name} was ${what} for ${restore?.operationId}`);
  };

  const deleteIndices = async ({ args, effect, askedAt }: IndexCall): Promise<unknown> => {
    const names = args[0] as readonly string[];
    const sender = senders.get(names);
    const doomed = await uuidsOf(world, names);
    requireOurs(doomed.keys(), sender ?? {}, 'deleted');
    const documents = new Map(names.map((name) => [name, world.engine.port.documentsIn(name)]));
    const result = await effect();
    for (const [name, uuid] of doomed)
      if (sender === undefined) onSwept({ name, uuid });
      else onDeleted({ name, uuid, documents: documents.get(name) ?? 0 }, sender, askedAt);
    return result;
  };

  /** A closed index is overwritten and keeps its uuid: only one that came since the last look may be met. */
  const requireAbsent = (there: ReadonlyMap<string, string>, { restore, seen }: Sender): void => {
    for (const [name, uuid] of there) {
      if (!seen.has(name) || seen.get(name) === uuid)
        broken(
          'own',
          `${name} (${uuid}) was overwritten by ${restore?.operationId}, which ${seen.has(name) ? 'saw it' : 'had not looked'}`,
        );
      strangers.delete(uuid);
    }
  };

  /** Before its first write a restore does not wait for longer than it may. */
  const requireTimely = ({ operationId, writesSince, tickSince, progressAt }: WatchedRestore): void => {
    const idleMs = (writesSince ?? tickSince) - progressAt;
    if (idleMs > scenario.expiryMs)
      broken(
        'timely',
        `${operationId} began ${idleMs} ms after its last progress, and expires after ${scenario.expiryMs}`,
      );
  };

  /** The first call of a restore in place that changes anything: what was there by then was planned with. */
  const requirePlanned = ({ restore }: Sender): void => {
    if (restore === undefined || restore.hasBegun) return;
    restore.hasBegun = true;
    requireTimely(restore);
    if (!restore.task.inPlace) return;
    for (const [uuid, name] of strangers) {
      const isLater = (disturbed.get(name) ?? 0) >= (restore.runSince ?? 0);
      const isLeftAlone = restore.task.keepUnknown.includes(name) || world.scenario.neighbours.names.has(name);
      if (name.startsWith('optimize-') && !isLater && !isLeftAlone && !isPlanned(restore, { name, uuid }))
        broken('plan', `${restore.operationId} began, and ${name} was there and not planned with`);
    }
  };

  const startRestore = async ({ args, effect, askedAt }: IndexCall): Promise<unknown> => {
    const call = args[0] as NewRestore;
    const sender = senders.get(call);
    const names = targetNames(call);
    const there = await uuidsOf(world, names);
    const snapshotUuid = world.engine.find(call.repository, call.snapshot)?.uuid;
    const result = await effect();
    if (sender?.restore === undefined) {
      broken('own', `a restore of ${call.snapshot} was sent by nobody`);
      return result;
    }
    requireOurs(there.keys(), sender, 'overwritten');
    requireAbsent(there, sender);
    const isRaced = sender.snapshots.get(call.snapshot) !== snapshotUuid;
    const isLate = scheduler.now() - askedAt > ENGINE_MASTER_MS;
    for (const [name, uuid] of await uuidsOf(world, names)) {
      sender.restore.made.set(uuid, { name, snapshotUuid, isLate, isRaced });
      endLater(world, name, uuid, scenario.longestRestoreMs);
    }
    return result;
  };

  /** To be called in place of the effect of every call to the engine. */
  const carryOut = (call: IndexCall): Promise<unknown> => {
    if (call.method === 'startRestore') return startRestore(call);
    return call.method === 'deleteIndices' ? deleteIndices(call) : call.effect();
  };

  return { carryOut, onSend, onDeleteSend, requirePlanned };
};
