import type { NewEvent } from '../../history/event.ts';
import type { DriftWitness } from '../../reconciliation/drift.ts';
import type { PartRecord, PartState } from '../backup.ts';
import type { Snapshot } from '../snapshot.ts';
import { partFacts } from './part-facts.ts';
import { isTheOne } from './recorded-state.ts';

/** A snapshot of ours that succeeded after its create had been abandoned, which keeps existing snapshots. */
export type LateEnd = {
  readonly part: Omit<ReturnType<typeof partFacts>, 'indices'> & { readonly number: number };
  readonly event: NewEvent;
};

type FollowedPart = Pick<PartRecord, 'number' | 'snapshotName' | 'uuid' | 'state'>;

type FollowedRecord = {
  readonly parts: readonly FollowedPart[];
  readonly create: { readonly operationId: string } | undefined;
};

/** What the engine had not ended when it was recorded. */
const OPEN_STATES: ReadonlySet<PartState> = new Set(['PLANNED', 'STARTING', 'IN_PROGRESS']);

/** The parts that are recorded as not ended, and that succeeded in the engine. None of a set that Tandem did not make. */
export const lateEnds = (
  { parts, create }: FollowedRecord,
  snapshots: readonly Snapshot[],
  witness: DriftWitness,
): readonly LateEnd[] =>
  parts.flatMap((part) => {
    const seen = snapshots.find(({ name }) => name === part.snapshotName);
    if (create === undefined || seen?.state !== 'SUCCESS' || !OPEN_STATES.has(part.state)) return [];
    if (!isTheOne(seen, part.uuid, create.operationId)) return [];
    return [{ part: partOf(part, seen), event: endOf(part, seen, witness) }];
  });

const partOf = ({ number }: FollowedPart, seen: Snapshot): LateEnd['part'] => {
  const { indices: _planned, ...facts } = partFacts(seen);
  return { number, ...facts };
};

const endOf = ({ number, state }: FollowedPart, { name, ...seen }: Snapshot, witness: DriftWitness): NewEvent => {
  const { uuid, shards, startedAt, endedAt } = seen;
  return {
    kind: 'part.succeeded',
    ...witness,
    reason: 'It ended after its create had ended.',
    before: { part: number, state },
    after: { part: number, snapshot: name, uuid, shards, startedAt, endedAt },
  };
};
