import type { Snapshot } from '../snapshot.ts';

/** What the history stores of a snapshot for its part; what the engine does not report is omitted. */
export const partFacts = (snapshot: Snapshot) => ({
  state: snapshot.state,
  uuid: snapshot.uuid,
  indices: snapshot.indices,
  shards: snapshot.shards,
  failures: snapshot.failures,
  ...(snapshot.engineVersion === undefined ? {} : { engineVersion: snapshot.engineVersion }),
  ...(snapshot.versionId === undefined ? {} : { versionId: snapshot.versionId }),
  ...(snapshot.startedAt === undefined ? {} : { startedAt: snapshot.startedAt }),
  ...(snapshot.endedAt === undefined ? {} : { endedAt: snapshot.endedAt }),
});
