import type { World } from '../scenario/world.ts';
import { type Accepted, isDeleted } from '../watch/watched.ts';
import type { Answer } from './answer.ts';

/** What was so when a read began. */
export type Moment = {
  readonly atMs: number;
  readonly known: ReadonlySet<string>;
  readonly open: ReadonlySet<string>;
  readonly deleting: ReadonlySet<string>;
};

const incarnationsOf = ({ watch }: World, backupId: string): readonly Accepted[] =>
  [...watch.accepted.values()].filter(({ create }) => create.backupId === backupId);

export const momentNow = (world: World, backupId: string): Moment => {
  const all = incarnationsOf(world, backupId);
  return {
    atMs: world.scheduler.now(),
    known: new Set(all.map(({ operationId }) => operationId)),
    open: new Set(all.filter(({ ended }) => ended === undefined).map(({ operationId }) => operationId)),
    deleting: new Set(
      all
        .flatMap(({ deletions }) => deletions.filter(({ ended }) => ended === undefined))
        .map((one) => one.operationId),
    ),
  };
};

type Read = { readonly backupId: string; readonly before: Moment };

/** A reader gets no state that was not true at some moment of the read. */
export const checkAnswer = (world: World, read: Read, answer: Answer): void => {
  const { backupId, before } = read;
  const { watch } = world;
  const all = incarnationsOf(world, backupId);
  const last = all.at(-1);
  if (last === undefined || isDeleted(last)) return;
  if (answer.state === 'IN_PROGRESS' && answer.asOf === null && !mayBeOpen(all, before))
    watch.broken('read', `${backupId} was reported IN_PROGRESS, and its create had ended`);
  if (answer.state === 'COMPLETED' && answer.asOf === null && !wasComplete(world, all, before.atMs))
    watch.broken('read', `${backupId} was reported COMPLETED, and its snapshots were not all SUCCESS`);
  const stillDeleting = all
    .flatMap(({ deletions }) => deletions)
    .filter((one) => before.deleting.has(one.operationId) && one.ended === undefined && !one.command.keepBackup);
  const vanished = answer.parts.filter(({ state }) => state === 'VANISHED');
  if (stillDeleting.length > 0 && vanished.length > 0)
    watch.broken('read', `part ${vanished[0]?.number} of ${backupId} was reported as vanished, and is being deleted`);
};

const mayBeOpen = (all: readonly Accepted[], { open, known }: Moment): boolean =>
  all.some(({ operationId, ended }) => open.has(operationId) || !known.has(operationId) || ended === undefined);

const wasComplete = ({ engine, watch }: World, all: readonly Accepted[], sinceMs: number): boolean =>
  all.some(({ create, record, operationId }) => {
    const parts = (record?.parts ?? []).filter(({ state }) => state !== 'EMPTY');
    const lists = engine.listsSince(create.location.repository, sinceMs - watch.staleMs);
    return lists.some((list) =>
      parts.every(({ snapshotName, uuid }) => {
        const snapshot = list.find(({ name }) => name === snapshotName);
        const isOwn = snapshot?.owner?.operationId === operationId || snapshot?.uuid === uuid;
        return snapshot?.state === 'SUCCESS' && (isOwn || watch.strangers.has(snapshot.uuid));
      }),
    );
  });
