import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { MAX_RESENDS } from '@tandem/shared/domain/restore/run/restore-part-step.ts';
import type { Scene } from '../../scenario/scene.ts';
import { LONG_EXPIRY_MS } from '../restore-scenario.ts';
import type { WatchedRestore } from './watched-restore.ts';
import type { WatchingRestores } from './watching-restores.ts';

type Excuse = (watching: WatchingRestores, restore: WatchedRestore) => boolean;

/** Another client or another operation made or removed something. */
const isBeset: Excuse = ({ harms, all, world }, { retries, task }) =>
  harms.has('stranger') ||
  harms.has('replaced') ||
  harms.has('late') ||
  retries > 0 ||
  all.size > 1 ||
  world.watch.accepted.size > (task.safetyBackupId === undefined ? 1 : 2);

const hasJumpedFar = ({ clock, scheduler }: Scene, since: number): boolean =>
  clock.isUnsteady && clock.forwardMs(since) + scheduler.now() - since > LONG_EXPIRY_MS;

const isRestarted: Excuse = ({ restarts }) => restarts.count > MAX_RESENDS;

/** What must have happened before a restore may end FAILED for that reason. */
const excuses: Readonly<Record<string, Excuse>> = {
  PLAN_CHANGED: (watching, restore) => isBeset(watching, restore) || watching.harms.has('written'),
  INDICES_WRITTEN: ({ harms }) => harms.has('written') || harms.has('stranger'),
  RESTORE_BLOCKED: isBeset,
  // a restarted engine does not say where an index came from whose call was not answered
  INDEX_EXISTS: (watching, restore) => isBeset(watching, restore) || watching.restarts.count > 0,
  RESTORE_VANISHED: isBeset,
  // expiry is counted on the clock of PostgreSQL
  RESTORE_EXPIRED: ({ scenario, world }, { acceptedAt }) =>
    scenario.expiryMs < LONG_EXPIRY_MS || hasJumpedFar(world, acceptedAt),
  RESTORE_UNSAFE: (_, { task }) => task.safetyBackupId !== undefined,
  RESTORE_SHARDS_FAILED: (watching, restore) => watching.harms.has('rotted') || isRestarted(watching, restore),
  // another snapshot than the planned one, or an index that another client made in its place, may hold more operations than the manifest counted
  RESTORE_WRITTEN: ({ harms, manifests }) =>
    harms.has('written') || harms.has('replaced') || harms.has('stranger') || manifests.unrecorded.size > 0,
  RESTORE_DIFFERS: ({ harms }) => harms.has('altered') || harms.has('replaced') || harms.has('stranger'),
  SNAPSHOT_NOT_FOUND: ({ harms }) => harms.has('replaced'),
  INDEX_NOT_FOUND: ({ harms }) => harms.has('replaced'),
  RESTORE_REFUSED: ({ harms }) => harms.has('replaced'),
};

export const excuseOf = (watching: WatchingRestores, restore: WatchedRestore, failure: Reason | undefined): boolean => {
  if (failure === undefined) return false;
  const isSpent = failure.data.gaveUp !== undefined && watching.scenario.base.maxAttempts !== undefined;
  return isSpent || excuses[failure.code]?.(watching, restore) === true;
};
