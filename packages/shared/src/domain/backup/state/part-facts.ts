import { omitUndefined } from '../../omit-undefined.ts';
import type { Snapshot } from '../snapshot.ts';

/** What the history stores of a snapshot for its part; what the engine does not report is omitted. */
export const partFacts = (snapshot: Snapshot) => ({
  state: snapshot.state,
  uuid: snapshot.uuid,
  indices: snapshot.indices,
  shards: snapshot.shards,
  failures: snapshot.failures,
  ...omitUndefined({
    engineVersion: snapshot.engineVersion,
    versionId: snapshot.versionId,
    startedAt: snapshot.startedAt,
    endedAt: snapshot.endedAt,
  }),
});
