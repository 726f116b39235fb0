import type { NewRestore } from '@tandem/engine/port.ts';
import { restoreTargets } from '@tandem/engine/restore-targets.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { isSelection } from '@tandem/shared/domain/restore/plan/selection.ts';
import { rehearsalPrefix } from '@tandem/shared/domain/restore/rehearsal.ts';
import { ENGINE_MASTER_MS } from '../../scenario/timing.ts';
import { isLeaseAlive } from '../../watch/watched.ts';
import { type Batch, batchList } from '../documents.ts';
import { blockLater, endLater, isComplete, targetNames, uuidsOf } from '../index-side.ts';
import type { Sender, WatchedRestore } from './watched-restore.ts';
import type { WatchingRestores } from './watching-restores.ts';

type IndexCall = {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly effect: () => Promise<unknown>;
  readonly sentAt: number;
};

type Doomed = { readonly name: string; readonly uuid: string };

/** Calls after which a tick knows what is in an index. */
const READS: ReadonlySet<string> = new Set(['indexRecoveries', 'measureIndices', 'readOperations']);

/** What is restored and deleted in the engine. */
export const watchIndices = (watching: WatchingRestores) => {
  const { world, all, strangers, disturbed, senders, scenario, written, documents, events, shown } = watching;
  const { watch, scheduler } = world;
  const { broken } = watch;

  const makerOf = (uuid: string): WatchedRestore | undefined => [...all.values()].find(({ made }) => made.has(uuid));

  const isPlanned = ({ task }: WatchedRestore, { name, uuid }: Doomed): boolean =>
    task.deletes.some((deletion) => deletion.index === name && deletion.uuid === uuid);

  /** A worker is about to send a call that changes indices. */
  const onSend = (what: string, { revision }: ClaimedOperation, sender: Sender): void => {
    const { restore } = sender;
    if (![restore?.held, restore?.fenced].some((claim) => isLeaseAlive(claim, revision, scheduler.now())))
      broken('leased', `${what} is sent under revision ${revision} of ${restore?.operationId}, whose lease is over`);
  };

  /** By the names as restored, which in place are those in the backup. */
  const requireChosen = (names: Iterable<string>, { restore }: Partial<Sender>, what: string): void => {
    if (restore === undefined || !isSelection(restore.task)) return;
    for (const name of names)
      if (restore.task.only?.includes(name) !== true)
        broken('chosen', `${name} is ${what} for ${restore.operationId}, which is of ${restore.task.only?.join()}`);
  };

  const onDeleteSend = (names: readonly string[], operation: ClaimedOperation, sender: Sender): void => {
    onSend(`the deletion of ${names.join()}`, operation, sender);
    requireChosen(names, sender, 'deleted');
    for (const name of names) {
      const uuid = sender.seen.get(name);
      if (uuid !== undefined) requireUnwritten({ name, uuid }, sender);
      if (uuid === undefined) broken('own', `${name} is deleted for ${operation.operationId}, which did not see it`);
      else if (!isOurs(sender.restore, { name, uuid }))
        broken('own', `${name} (${uuid}) is deleted for ${operation.operationId}, whose it is not`);
    }
  };

  const isOurs = (restore: WatchedRestore | undefined, doomed: Doomed): boolean =>
    restore !== undefined &&
    (restore.made.has(doomed.uuid) || isPlanned(restore, doomed) || restore.recorded.has(doomed.uuid));

  /** Engines delete by name: what came since the last read may be met, but nothing that a restore made. */
  const onDeleted = (doomed: Doomed, held: readonly Batch[], sender: Sender, sentAt: number): void => {
    const { restore, seen } = sender;
    const wasSeen = seen.get(doomed.name) === doomed.uuid;
    strangers.delete(doomed.uuid);
    const isToGo = restore !== undefined && wasSeen && isPlanned(restore, doomed);
    if (isToGo || (wasSeen && restore?.made.has(doomed.uuid))) requireSaved(doomed, held, sender);
    if (!isToGo) requireOwn(doomed, restore, wasSeen, scheduler.now() - sentAt);
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

  /** Its block was lifted and set again by hand, and the backup says nothing of its operations: the block is the only proof. */
  const isUnknowable = ({ name, uuid }: Doomed): boolean =>
    watching.touched.has(uuid) && watching.manifests.unrecorded.has(name);

  /** What was written to a restored index before its restore ended is never deleted, but as an operator planned it. */
  const requireUnwritten = ({ name, uuid }: Doomed, { restore }: Sender): void => {
    const since = written.get(uuid);
    if (since === undefined || restore === undefined || isPlanned(restore, { name, uuid })) return;
    if (since < restore.tickSince && !isUnknowable({ name, uuid }))
      broken(
        'written',
        `${name} (${uuid}) is deleted for ${restore.operationId}, and another client had written to it`,
      );
  };

  /** The snapshots of its safety backup; empty: it has none, or not all of its parts are complete. */
  const safetySnapshots = ({ restore, intact }: Sender): readonly string[] => {
    const safety = [...watch.accepted.values()].find(({ create }) => create.safetyOf === restore?.operationId);
    const parts = safety?.create.parts.filter(({ state }) => state !== 'EMPTY') ?? [];
    const uuids = parts.map(({ snapshotName }) => {
      const now = world.engine.find(safety?.create.location.repository ?? '', snapshotName);
      const isOurs = now !== undefined && isComplete(now) && now.owner?.operationId === safety?.operationId;
      return isOurs ? now.uuid : intact.get(snapshotName);
    });
    return uuids.every((uuid) => uuid !== undefined) ? uuids : [];
  };

  /** A document that may go: it is in a complete safety backup or in the snapshot that the index came from, or an operator let it go. */
  const isSafe = (batch: Batch, { name, uuid }: Doomed, sender: Sender): boolean => {
    const { restore } = sender;
    if (restore?.made.has(uuid)) return documents.cameWith(uuid, batch) || isUnknowable({ name, uuid });
    const isAccepted = restore?.task.acceptUnsaved?.includes(name) === true && restore.reviewed.has(batch);
    return isAccepted || safetySnapshots(sender).some((snapshot) => documents.isIn(snapshot, batch));
  };

  /** Of what a tick read before it sent the deletion, and of all that is there where it did not. */
  const requireSaved = (doomed: Doomed, held: readonly Batch[], sender: Sender): void => {
    const { restore, read } = sender;
    const lost = (read.get(doomed.uuid) ?? held).filter((batch) => !isSafe(batch, doomed, sender));
    if (lost.length > 0 && !isUnknowable(doomed))
      broken(
        'saved',
        `${doomed.name} (${doomed.uuid}) was deleted for ${restore?.operationId} with ${batchList(lost)}`,
      );
  };

  const requireSameCount = ({ name, uuid }: Doomed, inEngine: number | undefined): void => {
    if (documents.count(uuid) !== inEngine)
      broken('quiet', `the simulation knows ${documents.count(uuid)} documents of ${name}, the engine has ${inEngine}`);
  };

  /** The sweep removes what came late of rehearsals, under names that nothing else uses. */
  const onSwept = ({ name, uuid }: Doomed): void => {
    const hasEnded = ({ operationId, ended, retriedAt }: WatchedRestore): boolean =>
      ended !== undefined || retriedAt >= (watching.readAt.get(operationId) ?? Number.MAX_VALUE);
    const isOfEnded = (restore: WatchedRestore): boolean =>
      restore.task.copy && hasEnded(restore) && name.startsWith(`${rehearsalPrefix(restore.operationId)}-`);
    if (![...all.values()].some(isOfEnded))
      broken('own', `${name} (${uuid}) was swept, and is of no rehearsal that ended`);
    strangers.delete(uuid);
  };

  /** By name: what an operator named goes, and what could be ours nobody can tell apart. */
  const requireOurs = (names: Iterable<string>, { restore }: Partial<Sender>, what: string): void => {
    for (const name of names)
      if (isTheirs(name, restore) && restore?.task.deleteUnknown.includes(name) !== true)
        broken('foreign', `${name} was ${what} for ${restore?.operationId}`);
  };

  /** Whoever looked before it showed could not know. */
  const isTheirs = (name: string, restore: WatchedRestore | undefined): boolean =>
    world.scenario.neighbours.names.has(name) || (shown.get(name) ?? Number.MAX_VALUE) < (restore?.tickSince ?? 0);

  const deleteIndices = async ({ args, effect, sentAt }: IndexCall): Promise<unknown> => {
    const names = args[0] as readonly string[];
    const sender = senders.get(names);
    const doomed = await uuidsOf(world, names);
    // what it restored itself it may roll back, whoever shows up since
    const others = [...doomed].filter(([, uuid]) => !sender?.restore?.made.has(uuid));
    requireOurs(
      others.map(([name]) => name),
      sender ?? {},
      'deleted',
    );
    for (const [name, uuid] of doomed) requireSameCount({ name, uuid }, world.engine.port.documentsIn(name));
    const held = new Map([...doomed.values()].map((uuid) => [uuid, documents.of(uuid)]));
    const result = await effect();
    for (const [name, uuid] of doomed)
      if (sender === undefined) onSwept({ name, uuid });
      else onDeleted({ name, uuid }, held.get(uuid) ?? [], sender, sentAt);
    return result;
  };

  /** A closed index is overwritten and keeps its uuid: only one that came since the last read may be met. */
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
    if (idleMs > scenario.expiryMs + world.clock.backwardMs(progressAt))
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
    // what is deleted is read again by the tick that starts the deletion
    const checkedSince = (restore.task.deletes.length > 0 ? restore.writesSince : restore.runSince) ?? 0;
    for (const [uuid, name] of strangers) {
      const isLater = (disturbed.get(name) ?? 0) >= checkedSince;
      const isForeign = world.scenario.neighbours.names.has(name) || shown.has(name);
      const isOther = isSelection(restore.task) && restore.task.only?.includes(name) !== true;
      const isLeftAlone = restore.task.keepUnknown.includes(name) || isForeign || isOther;
      if (name.startsWith('optimize-') && !isLater && !isLeftAlone && !isPlanned(restore, { name, uuid }))
        broken('plan', `${restore.operationId} began, and ${name} was there and not planned with`);
    }
  };

  const startRestore = async ({ args, effect, sentAt }: IndexCall): Promise<unknown> => {
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
    requireChosen(names, sender, 'restored');
    requireOurs(there.keys(), sender, 'overwritten');
    requireAbsent(there, sender);
    const isRaced = sender.snapshots.get(call.snapshot) !== snapshotUuid;
    const isLate = scheduler.now() - sentAt > ENGINE_MASTER_MS;
    const sources = new Map([...restoreTargets(call)].map(([index, target]) => [target, index]));
    for (const [name, uuid] of await uuidsOf(world, names)) {
      sender.restore.made.set(uuid, { name, snapshotUuid, isLate, isRaced });
      documents.onRestored(uuid, snapshotUuid ?? '', sources.get(name) ?? '');
      endLater(world, name, uuid, scenario.longestRestoreMs);
      if (sender.restore.task.copy) blockLater(world, name, uuid, scenario.blocksCopies);
    }
    return result;
  };

  /** The tick learns of what is there now, and must not delete what it could have known of. */
  const read = async ({ method, args, effect }: IndexCall): Promise<unknown> => {
    const names = args[0] as readonly string[];
    const result = await effect();
    const sender = senders.get(names);
    if (sender === undefined) return result;
    for (const uuid of (await uuidsOf(world, names)).values()) sender.read.set(uuid, documents.of(uuid));
    if (method === 'readOperations' && sender.restore !== undefined) events.onMeasured(sender.restore);
    return result;
  };

  /** To be called in place of the effect of every call to the engine. */
  const carryOut = (call: IndexCall): Promise<unknown> => {
    if (call.method === 'startRestore') return startRestore(call);
    if (READS.has(call.method)) return read(call);
    return call.method === 'deleteIndices' ? deleteIndices(call) : call.effect();
  };

  return { carryOut, onSend, onDeleteSend, requirePlanned };
};
