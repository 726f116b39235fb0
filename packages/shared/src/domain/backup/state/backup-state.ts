import type { BackupState } from '../backup.ts';
import type { SnapshotState } from '../snapshot.ts';

export type CreateStatus = 'none' | 'open' | 'suspended' | 'failed' | 'cancelled' | 'ended';

/** One planned part as the engine has it now. */
export type SeenPart = {
  /** Undefined: the engine does not hold it. */
  readonly state: SnapshotState | undefined;
  /** False: a snapshot of that name is there, and it is not the one that was recorded (another uuid). */
  readonly isRecorded: boolean;
  /** False: the running engine cannot restore it (compatibility.ts). */
  readonly readable: boolean;
};

/**
 * The state of a backup, from what was intended (`create`) and what the engine holds (ARCHITECTURE.md, the state of a backup): top to
 * bottom, the first that fits. `parts` has one entry per planned part, each number once; a set with no plan has as many as its names say.
 */
export const backupState = (create: CreateStatus, parts: readonly SeenPart[]): BackupState => {
  const ours = parts.map((part) => (part.isRecorded ? part : { ...part, state: undefined }));
  const any = (...states: readonly SnapshotState[]) =>
    ours.some(({ state }) => state !== undefined && states.includes(state));

  if (create === 'failed' || create === 'suspended' || (create !== 'open' && any('FAILED', 'PARTIAL'))) return 'FAILED';
  if (any('INCOMPATIBLE') || ours.some((part) => part.state !== undefined && !part.readable)) return 'INCOMPATIBLE';
  // a part that a cancelled create left running is aborted, or ends without anyone waiting for it
  if (create === 'open' || (create !== 'cancelled' && any('IN_PROGRESS'))) return 'IN_PROGRESS';
  if (ours.length > 0 && ours.every(({ state }) => state === 'SUCCESS')) return 'COMPLETED';
  return 'INCOMPLETE';
};
