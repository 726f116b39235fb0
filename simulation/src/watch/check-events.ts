import type { StoredEvent } from '@tandem/history/ports/events.ts';
import type { EventKind } from '@tandem/shared/domain/history/event.ts';
import { require } from './require.ts';
import type { Accepted, Watched, WatchedDeletion } from './watched.ts';

type Facts = {
  readonly operationId?: unknown;
  readonly part?: unknown;
  readonly gaveUp?: unknown;
  readonly cleanup?: { readonly operationId?: unknown };
};

const factsOf = ({ after }: StoredEvent): Facts => (after ?? {}) as Facts;

/** What tells of that operation; the sweep may come after its end. */
const eventsOf = ({ operationId }: Watched, all: readonly StoredEvent[]): readonly StoredEvent[] =>
  all.filter(
    (event) =>
      [factsOf(event).operationId, factsOf(event).cleanup?.operationId].includes(operationId) &&
      (event.source !== 'sweep' || ENDS.has(event.kind)),
  );

/** Of a suspended create the sweep tells what a worker would. */
const ENDS: ReadonlySet<EventKind> = new Set(['part.succeeded', 'backup.completed']);

/** One request first, part after part, for each run one end, and nothing after the last. */
export const checkCreateEvents = (operation: Accepted, all: readonly StoredEvent[]): void => {
  const events = eventsOf(operation, all);
  const { create, ended } = operation;
  checkFrame(operation, events, 'backup.requested', {
    SUCCEEDED: 'backup.completed',
    FAILED: 'backup.failed',
    CANCELLED: 'backup.cancelled',
  });
  const seen = `${create.backupId}: ${events.map(({ kind }) => kind).join(', ')}`;
  const fails = events.filter(({ kind }) => kind === 'backup.failed').length;
  const expected = operation.retries + (ended === 'FAILED' ? 1 : 0);
  require(fails === expected, 'events', `${expected} failed runs: ${seen}`);
  let last = -1;
  for (const { number } of create.parts.filter(({ state }) => state !== 'EMPTY')) {
    const first = (kind: EventKind) =>
      events.findIndex((event) => event.kind === kind && factsOf(event).part === number);
    const [starting, succeeded] = [first('part.starting'), first('part.succeeded')];
    if (ended !== 'SUCCEEDED' && succeeded === -1) continue;
    require(starting > last, 'events', `part ${number} starts too early: ${seen}`);
    require(succeeded > starting, 'events', `part ${number} succeeds without a start: ${seen}`);
    last = succeeded;
  }
};

/** A deletion that exhausts its retries reports what state it leaves, where that is another; for the frame both are one end. */
const withoutLeftStates = (events: readonly StoredEvent[]): readonly StoredEvent[] =>
  events.filter(({ kind }, at) => {
    const before = events[at - 1];
    return kind !== 'backup.state-changed' || before === undefined || factsOf(before).gaveUp === undefined;
  });

/** Nobody requested the deletion of a backup whose create was cancelled. */
const openingOf = ({ command }: WatchedDeletion): EventKind =>
  command.keepBackup ? 'backup.cancelled' : 'backup.delete-requested';

export const checkDeletionEvents = (deletion: WatchedDeletion, all: readonly StoredEvent[]): void =>
  checkFrame(deletion, withoutLeftStates(eventsOf(deletion, all)), openingOf(deletion), {
    SUCCEEDED: deletion.command.keepBackup ? 'backup.state-changed' : 'backup.deleted',
    FAILED: 'attempt.failed',
    CANCELLED: 'operation.cancelled',
  });

const checkFrame = (
  { operationId, ended, retries }: Watched,
  events: readonly StoredEvent[],
  opening: EventKind,
  ends: Readonly<Record<NonNullable<Watched['ended']>, EventKind>>,
): void => {
  const kinds = events.map(({ kind }) => kind);
  const seen = `${operationId}: ${kinds.join(', ')}`;
  const count = (kind: EventKind) => kinds.filter((other) => other === kind).length;
  require(kinds[0] === opening && count(opening) === 1, 'events', `not one request, first: ${seen}`);
  require(count('operation.retried') === retries, 'events', `not ${retries} retries: ${seen}`);
  const last = ended && ends[ended];
  require(last !== undefined && kinds.at(-1) === last, 'events', `not one end, last: ${seen}`);
  const well = count(ends.SUCCEEDED) + count(ends.CANCELLED);
  require(well === (ended === 'FAILED' ? 0 : 1), 'events', `not one end, last: ${seen}`);
};
