import type { EventKind } from '@tandem/shared/domain/history/event.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { Command } from '../ports/events.ts';
import { addEvents } from './add-events.ts';
import type { BackupRow, Tables } from './tables.ts';

/** Records the event of a request. */
export const tell = (
  tables: Tables,
  backup: BackupRow,
  { actor, reason, requestId }: Command,
  event: {
    readonly kind: EventKind;
    readonly before?: object;
    readonly after: { readonly operationId?: string } & Readonly<Record<string, unknown>>;
  },
): void => {
  const why = omitUndefined({ reason });
  addEvents(
    tables,
    [{ ...event, actor, source: 'api', ...why, ...omitUndefined({ requestId }) }],
    backup,
    event.after.operationId,
  );
};
