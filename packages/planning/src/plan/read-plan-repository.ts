import type { SearchEngine } from '@tandem/engine/port.ts';
import { type BackupRecord, takenParts } from '@tandem/shared/domain/backup/backup.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { PlanFacts, SafetyRepository } from '@tandem/shared/domain/restore/plan/plan-facts.ts';

/**
 * The current state of a repository. `unusable`: why it cannot be used at all; `unwritable`: why it can be read but not written;
 * `unverified`: why neither could be determined.
 */
type Condition = {
  readonly uuid: string | undefined;
  readonly snapshotsLeft: number | undefined;
  readonly unusable: string | undefined;
  readonly unwritable: string | undefined;
  readonly unverified: string | undefined;
};

const UNUSABLE: Condition = {
  ...{ uuid: undefined, snapshotsLeft: undefined, unusable: undefined, unwritable: undefined, unverified: undefined },
};

type RepositoryFacts = {
  readonly repository: PlanFacts['repository'];
  readonly seen: readonly Snapshot[];
  readonly saving: SafetyRepository | undefined;
};

/**
 * Reads the repository of the backup, which must be readable, and that of the safety backup, which must be writable; they may be the same.
 * `saveTo` undefined: no safety backup is taken. Rejects as the port does; a problem of a repository is a fact, not a rejection.
 */
export const readPlanRepository = async (
  engine: SearchEngine,
  { location, parts }: BackupRecord,
  saveTo: string | undefined,
): Promise<RepositoryFacts> => {
  const isOther = saveTo !== undefined && saveTo !== location.repository;
  const [own, other] = await Promise.all([
    conditionOf(engine, location.repository),
    isOther ? conditionOf(engine, saveTo) : undefined,
  ]);
  const names = takenParts(parts).map(({ snapshotName }) => snapshotName);
  const found = await snapshotsIn(engine, location.repository, own, names);
  const { unusable, unwritable, unverified, uuid } = { ...own, ...found };
  return {
    repository: { uuid: unusable === undefined ? uuid : undefined, trouble: unusable, unwritable, unverified },
    seen: found.seen,
    saving: saveTo === undefined ? undefined : safetyRepository(saveTo, other ?? { ...own, unusable }),
  };
};

const safetyRepository = (
  repository: string,
  { unusable, unwritable, snapshotsLeft }: Condition,
): SafetyRepository => ({ repository, trouble: unusable ?? unwritable, snapshotsLeft });

const conditionOf = async (engine: SearchEngine, repository: string): Promise<Condition> => {
  try {
    const { uuid, readOnly, snapshotsLeft } = await engine.readRepository(repository);
    const { unwritable, unverified } = await whyNotWritten(engine, repository);
    const isReadOnly = readOnly === undefined ? undefined : `It is read-only: ${readOnly}.`;
    return { uuid, snapshotsLeft, unusable: undefined, unwritable: unwritable ?? isReadOnly, unverified };
  } catch (error) {
    return { ...UNUSABLE, unusable: troubleIn(error) };
  }
};

/** The user lacks the privilege, the engine does not support the call, or it returned no result. */
const UNVERIFIED = ['ENGINE_FORBIDDEN', 'ENGINE_REFUSED', 'ENGINE_TIMEOUT'] as const;

/**
 * Both undefined: every node could write a file into the repository, or it is registered as read-only. Rejects if more than writing fails,
 * for example if a node cannot use it.
 */
const whyNotWritten = async (
  engine: SearchEngine,
  repository: string,
): Promise<Partial<Pick<Condition, 'unwritable' | 'unverified'>>> => {
  try {
    await engine.verifyRepository(repository);
    return {};
  } catch (error) {
    if (isFailure(error, ...UNVERIFIED)) return { unverified: error.message };
    if (isFailure(error, 'REPOSITORY_UNAVAILABLE') && error.data.onlyWriting === true)
      return { unwritable: error.message };
    throw error;
  }
};

const snapshotsIn = async (
  engine: SearchEngine,
  repository: string,
  { unusable }: Condition,
  names: readonly string[],
): Promise<{ readonly seen: readonly Snapshot[]; readonly unusable: string | undefined }> => {
  if (unusable !== undefined) return { seen: [], unusable };
  try {
    return { seen: await engine.findSnapshots(repository, names), unusable };
  } catch (error) {
    return { seen: [], unusable: troubleIn(error) };
  }
};

const troubleIn = (error: unknown): string => {
  if (!isFailure(error, 'REPOSITORY_UNKNOWN', 'REPOSITORY_UNAVAILABLE')) throw error;
  return error.message;
};
