import type { EngineInfo, SearchEngine } from '@tandem/engine/port.ts';
import type { Location } from '@tandem/shared/domain/backup/backup.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';

export const readOnlyRepository = (repository: string, why: string): string =>
  `Repository "${repository}" is read-only: ${why}. Make it writable, or choose another repository.`;

/** Caches facts about the engine and its repositories that rarely change. */
export type EngineFacts = {
  /** Rejects as `SearchEngine.info` does. */
  readonly engine: () => Promise<EngineInfo>;
  /** The current location of a repository. Rejects as `SearchEngine.readRepository`. */
  readonly location: (repository: string) => Promise<Location>;
  /** Bypasses the cache: what is recorded must be current. */
  readonly freshLocation: (repository: string) => Promise<Location>;
  /** As `freshLocation`, for a repository that a backup will be written to. REPOSITORY_READ_ONLY. */
  readonly writableLocation: (repository: string) => Promise<Location>;
  /** The last location read, however old; undefined: none yet. Makes no call. */
  readonly lastLocation: (repository: string) => Location | undefined;
};

/**
 * A repository of Elasticsearch without a uuid is read each time: it gets one with its first snapshot, and records are distinguished by it.
 * OpenSearch's have none.
 */
export const engineFacts = (engine: SearchEngine, keepMs: number, now: () => number): EngineFacts => {
  const info = cached(() => engine.info(), keepMs, now);
  const known = new Map<string, { readonly location: Location; readonly isLasting: boolean; readonly at: number }>();

  const read = async (repository: string) => {
    const [{ kind, clusterUuid }, { uuid, settingsDigest, readOnly }] = await Promise.all([
      info(),
      engine.readRepository(repository),
    ]);
    const location = { clusterUuid, repository, repositoryUuid: uuid, settingsDigest };
    known.set(repository, { location, isLasting: uuid !== undefined || kind === 'opensearch', at: now() });
    return { location, readOnly };
  };
  const freshLocation = async (repository: string): Promise<Location> => (await read(repository)).location;
  const writableLocation = async (repository: string): Promise<Location> => {
    const { location, readOnly } = await read(repository);
    if (readOnly === undefined) return location;
    throw fail('REPOSITORY_READ_ONLY', readOnlyRepository(repository, readOnly), { repository });
  };
  const location = async (repository: string): Promise<Location> => {
    const last = known.get(repository);
    return last?.isLasting === true && now() - last.at < keepMs ? last.location : freshLocation(repository);
  };
  return {
    engine: info,
    location,
    freshLocation,
    writableLocation,
    lastLocation: (repository) => known.get(repository)?.location,
  };
};

/** Concurrent callers share one call; a failed call is not cached. */
const cached = <Value>(read: () => Promise<Value>, keepMs: number, now: () => number): (() => Promise<Value>) => {
  let last: { readonly value: Promise<Value>; readonly at: number } | undefined;
  return () => {
    if (last !== undefined && now() - last.at < keepMs) return last.value;
    const current = { value: read(), at: now() };
    last = current;
    current.value.catch(() => {
      if (last === current) last = undefined;
    });
    return current.value;
  };
};
