import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { RollbackFinding } from '@tandem/shared/domain/history/rollback/rollback.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { Command } from '../ports/events.ts';
import type { HistoryLine, RollbackHistory } from '../ports/rollback.ts';
import { addEvents } from './add-events.ts';
import { exportedEvent, microseconds } from './exported-event.ts';
import { methods } from './methods.ts';
import { suspendOperations } from './suspensions.ts';
import { stored, type Tables } from './tables.ts';

const NOTHING = { backupId: undefined };

const readLine = (tables: Tables, eventIds: readonly string[]): HistoryLine => {
  const { historyId, epoch, heartbeatAt, rollback } = tables.line;
  const newest = tables.events.at(-1);
  return {
    ...{ historyId, epoch: epochId(epoch), rollback: stored(rollback ?? null) ?? undefined },
    now: microseconds(tables.now()),
    heartbeatAt: microseconds(heartbeatAt),
    newest: newest && exportedEvent(newest),
    events: tables.events.filter(({ id }) => eventIds.includes(id)).map(exportedEvent),
  };
};

/** The nth epoch. */
const epochId = (nth: number): string => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;

const beat = (tables: Tables, line: Pick<HistoryLine, 'epoch' | 'heartbeatAt'>): boolean => {
  const { epoch, heartbeatAt, rollback } = tables.line;
  if (rollback || epochId(epoch) !== line.epoch || microseconds(heartbeatAt) !== line.heartbeatAt) return false;
  tables.line.heartbeatAt = tables.now();
  return true;
};

const recordRollback = (
  tables: Tables,
  epoch: string,
  finding: RollbackFinding,
  event: NewEvent,
  why: Reason,
): boolean => {
  if (tables.line.rollback || epochId(tables.line.epoch) !== epoch) return false;
  tables.line.rollback = { ...stored(finding), detectedAt: microseconds(tables.now()) };
  addEvents(tables, [event], NOTHING);
  const scope = finding.scope === 'everything' ? 'all' : 'destructive';
  suspendOperations(tables, { scope }, { actor: event.actor, source: event.source, why }, Number.POSITIVE_INFINITY);
  return true;
};

const acknowledgeRollback = (tables: Tables, { actor, reason, requestId }: Command): boolean => {
  const { rollback, epoch } = tables.line;
  if (rollback === undefined) return false;
  Object.assign(tables.line, { epoch: epoch + 1, rollback: undefined, heartbeatAt: tables.now() });
  const event: NewEvent = {
    kind: 'history.rollback-acknowledged',
    ...{ actor, source: 'api' },
    ...omitUndefined({ reason, requestId }),
    before: { ...rollback, epoch: epochId(epoch) },
    after: { epoch: epochId(epoch + 1) },
  };
  addEvents(tables, [event], NOTHING);
  return true;
};

const unseenSnapshots = (
  tables: Tables,
  snapshots: readonly { readonly name: string; readonly uuid: string }[],
): readonly string[] => {
  const seen = tables.backups
    .filter(({ origin }) => origin !== 'discovered')
    .flatMap(({ parts }) => parts.map(({ snapshotName, uuid }) => `${snapshotName} ${uuid}`));
  return snapshots
    .filter(({ name, uuid }) => !seen.includes(`${name} ${uuid}`))
    .map(({ name }) => name)
    .toSorted();
};

export const rollback = (tables: Tables): RollbackHistory =>
  methods(tables, { readLine, beat, recordRollback, acknowledgeRollback, unseenSnapshots });
