import type { LivingBackup } from '@tandem/history/ports/reconciliation.ts';
import { Violation } from '../watch/violation.ts';
import { REPOSITORY } from './locations.ts';
import { openOperations, operationsOf, type Swap } from './swap-deeds.ts';

const ALL = 10_000;

/** COMPLETED, and nobody has its snapshots deleted: what is recorded of it must not change. */
export type Intact = ReadonlyMap<string, LivingBackup>;

const isSettled = ({ state, busy, deleting }: LivingBackup): boolean => state === 'COMPLETED' && !busy && !deleting;

const isMissing = ({ state, parts }: LivingBackup): boolean =>
  state !== 'COMPLETED' || parts.some(({ drift }) => drift !== undefined);

const isSomewhere = ({ world }: Swap, { parts }: LivingBackup): boolean =>
  parts.every(({ uuid }) => uuid === undefined || world.locations.locationOf(uuid) !== undefined);

/** The name was registered to another location right before its snapshots were made: it is recorded where it is not. */
const isRecordedHere = async ({ world }: Swap, { location, parts }: LivingBackup): Promise<boolean> => {
  const { settingsDigest } = await world.engine.readRepository(REPOSITORY);
  return (
    location.settingsDigest === settingsDigest &&
    parts.every(({ uuid }) => uuid === undefined || world.locations.locationOf(uuid) !== world.locations.here())
  );
};

/** To be called after each step. `before`: as it was before that. */
export const checkStep = async (swap: Swap, before: Intact): Promise<Intact> => {
  const { world } = swap;
  const isAccepted =
    world.locations.isRestless() || [...world.locations.seenInStep()].some((location) => world.accepted.has(location));
  const { backups } = await world.history.livingBackups(undefined, ALL);
  for (const backup of backups) {
    const was = before.get(backup.key);
    if (was === undefined || isMissing(was) || backup.busy || backup.deleting) continue;
    if (isMissing(backup) && isSomewhere(swap, backup) && !isAccepted && !(await isRecordedHere(swap, backup)))
      throw new Violation(
        'identity',
        `${backup.backupId} is recorded ${backup.state}, ${backup.parts.map(({ drift }) => drift?.is).join()}, and nobody accepted that its location is another one`,
      );
    for (const { uuid } of backup.parts) if (uuid !== undefined) noteUuid(swap, backup.key, uuid);
  }
  const [blind] = world.blind;
  if (blind !== undefined)
    throw new Violation('identity', `snapshot ${blind} is about to be deleted, and is not where the repository is`);
  return new Map(backups.filter(isSettled).map((backup) => [backup.key, backup]));
};

const noteUuid = ({ uuids }: Swap, key: string, uuid: string): void =>
  void uuids.set(key, (uuids.get(key) ?? new Set()).add(uuid));

/** A deletion that went well: nothing of it is anywhere, but what it was about to remove, and what an operator accepted as gone. */
export const checkDeletions = async (swap: Swap): Promise<void> => {
  const { world, uuids, deleted } = swap;
  for (const { kind, state, backupKey, backupId } of await operationsOf(swap)) {
    if (kind !== 'delete' || state !== 'SUCCEEDED' || deleted.has(backupKey)) continue;
    deleted.add(backupKey);
    if (world.accepted.size > 0 || world.locations.isRestless()) continue;
    const record = await world.history.findBackupWithDeleted(backupId, undefined);
    if (record?.key !== backupKey || record.deletedAt === undefined) continue;
    for (const uuid of uuids.get(backupKey) ?? [])
      if (world.locations.locationOf(uuid) !== undefined && !world.intended.has(uuid))
        throw new Violation(
          'identity',
          `${backupId} is deleted, and its snapshot ${uuid} is in ${world.locations.locationOf(uuid)}`,
        );
  }
};

/** The name is registered to the first location again, and what is there was compared: it is recorded as it is. */
export const checkReturn = async (swap: Swap, isSettledElsewhere: boolean): Promise<void> => {
  const { world } = swap;
  const open = await openOperations(swap);
  if (open.length > 0)
    throw new Violation(
      'ends',
      `${open.length} operations are open, the first ${JSON.stringify(open.find(({ state }) => state !== 'QUEUED') ?? open[0])}`,
    );
  const [changed] = (await world.history.changedRepositories()).filter(({ acceptedAt }) => acceptedAt === undefined);
  if (changed !== undefined && !isSettledElsewhere)
    throw new Violation('identity', `${changed.missing} backups are missed, and everything is where it was`);
  const { backups } = await world.history.livingBackups(undefined, ALL);
  for (const backup of backups.filter(({ create }) => create?.state === 'SUCCEEDED')) {
    const isHere = backup.parts.every(
      ({ uuid }) => uuid === undefined || world.locations.locationOf(uuid) === world.locations.here(),
    );
    if (isHere && isMissing(backup) && !backup.deleting)
      throw new Violation('identity', `${backup.backupId} is here again, and recorded ${backup.state}`);
  }
};
