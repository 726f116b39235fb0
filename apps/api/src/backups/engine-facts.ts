import type { EngineInfo, SearchEngine } from '@tandem/engine/port.ts';
import type { Location } from '@tandem/shared/domain/backup/backup.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';

export const readOnlyRepository = (repository: string, why: string): string =>
  `Repository "${repository}" is read-only: ${why}. Make it writable, or choose another repository.`;

/** What seldom changes about the engine and its repositories, asked for once in a while instead of with every request. */
export type EngineFacts = {
  /** Rejects as `SearchEngine.info` does. */
  readonly engine: () => Promise<EngineInfo>;
  /** Where backups of a repository live now. Rejects as `SearchEngine.readRepository` does. */
  readonly location: (repository: string) => Promise<Location>;
  /** Asked for anew: what is written down must not be what was. */
  readonly freshLocation: (repository: string) => Promise<Location>;
  /** As `freshLocation`, of a repository that a backup is to be written into. REPOSITORY_READ_ONLY. */
  readonly writableLocation: (repository: string) => Promise<Location>;
  /** What was learned last, however old; undefined: nothing yet. Never asks. */
  readonly lastLocation: (repository: string) => Location | undefined;
};

/** A repository without a uuid is asked for each time: it gets one with its first snapshot, and records are told apart by it. */
export const engineFacts = (engine: SearchEngine, keepMs: number, now: () => number): EngineFacts => {
  const info = kept(() => engine.info(), keepMs, now);
  const known = new Map<string, { readonly location: Location; readonly at: number }>();

  const read = async (repository: string) => {
    const [{ clusterUuid }, { uuid, settingsDigest, readOnly }] = await Promise.all([
      info(),
      engine.readRepository(repository),
    ]);
    const location = { clusterUuid, repository, repositoryUuid: uuid, settingsDigest };
    known.set(repository, { location, at: now() });
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
    const isKnown = last?.location.repositoryUuid !== undefined && now() - last.at < keepMs;
    return isKnown ? last.location : freshLocation(repository);
  };
  return {
    engine: info,
    location,
    freshLocation,
    writableLocation,
    lastLocation: (repository) => known.get(repository)?.location,
  };
};

/** Callers at the same time share one call; a call that failed is not kept. */
const kept = <Value>(ask: () => Promise<Value>, keepMs: number, now: () => number): (() => Promise<Value>) => {
  let last: { readonly value: Promise<Value>; readonly at: number } | undefined;
  return () => {
    if (last !== undefined && now() - last.at < keepMs) return last.value;
    const asked = { value: ask(), at: now() };
    last = asked;
    asked.value.catch(() => {
      if (last === asked) last = undefined;
    });
    return asked.value;
  };
};
