import type { EngineInfo, SearchEngine } from '@tandem/engine/port.ts';
import type { Location } from '@tandem/shared/domain/backup/backup.ts';
import type { ListedSnapshot, Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { definitionOf } from '@tandem/shared/domain/failure/failures.ts';
import type { Profile } from '@tandem/shared/domain/profile.ts';
import type { EngineFacts } from '../read/engine-facts.ts';

/** What the configured repository holds now. */
export type RepositoryNow = {
  readonly location: Location;
  readonly engine: EngineInfo;
  readonly snapshots: ReadonlyMap<string, ListedSnapshot>;
};

export type ReadRepositoryNow = {
  readonly profile: Profile;
  readonly engine: SearchEngine;
  readonly facts: EngineFacts;
};

/** One call to the engine, whatever the number of snapshots: from the repository's catalogue. Rejects as the engine does. */
export const readRepositoryNow = async (
  { profile, engine, facts }: ReadRepositoryNow,
  repository: string,
): Promise<RepositoryNow> => {
  const [location, info, listed] = await Promise.all([
    facts.location(repository),
    facts.engine(),
    engine.listSnapshots(repository, `${profile.namePrefix}_`),
  ]);
  return { location, engine: info, snapshots: new Map(listed.map((snapshot) => [snapshot.name, snapshot])) };
};

/** The snapshots of those names, read completely. None if the engine cannot read one of them: what the catalogue says of them has to do. */
export const readSnapshots = async (
  { engine }: ReadRepositoryNow,
  repository: string,
  names: readonly string[],
): Promise<readonly Snapshot[]> => {
  if (names.length === 0) return [];
  try {
    return await engine.findSnapshots(repository, names);
  } catch (error) {
    if (!isFailure(error) || definitionOf(error.code).http?.isConnection) throw error;
    return [];
  }
};
