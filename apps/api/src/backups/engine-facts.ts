import type { EngineInfo, SearchEngine } from '@tandem/engine/port.ts';
import type { Location } from '@tandem/shared/domain/backup.ts';

/** What seldom changes about the engine and its repositories, asked for once in a while instead of with every request. */
export type EngineFacts = {
  /** Rejects as `SearchEngine.info` does. */
  readonly engine: () => Promise<EngineInfo>;
  /** Where backups of a repository live now. Rejects as `SearchEngine.readRepository` does. */
  readonly location: (repository: string) => Promise<Location>;
  /** Asked for anew: what is written down must not be what was. */
  readonly freshLocation: (repository: string) => Promise<Location>;
  /** What was learned last, however old; undefined: nothing yet. Never asks. */
  readonly lastLocation: (repository: string) => Location | undefined;
};

/** A repository without a uuid is asked for each time: it gets one with its first snapshot, and records are told apart by it. */
export const engineFacts = (engine: SearchEngine, keepMs: number, now: () => number): EngineFacts => {
  const info = kept(() => engine.info(), keepMs, now);
  const known = new Map<string, { readonly location: Location; readonly at: number }>();

  const freshLocation = async (repository: string): Promise<Location> => {
    const [{ clusterUuid }, { uuid }] = await Promise.all([info(), engine.readRepository(repository)]);
    const fresh = { clusterUuid, repository, repositoryUuid: uuid };
    known.set(repository, { location: fresh, at: now() });
    return fresh;
  };
  const location = async (repository: string): Promise<Location> => {
    const last = known.get(repository);
    const isKnown = last?.location.repositoryUuid !== undefined && now() - last.at < keepMs;
    return isKnown ? last.location : freshLocation(repository);
  };
  return { engine: info, location, freshLocation, lastLocation: (repository) => known.get(repository)?.location };
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
