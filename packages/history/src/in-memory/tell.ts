import type { EventKind } from '@tandem/shared/domain/history/event.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { Command } from '../ports/events.ts';
import { addEvents } from './add-events.ts';
import type { BackupRow, Tables } from './tables.ts';

/** Writes down what somebody asked for. */
export const tell = (
  tables: Tables,
  backup: BackupRow,
  { actor, reason, requestId }: Command,
  told: {
    readonly kind: EventKind;
    readonly before?: object;
    readonly after: { readonly operationId?: string } & Readonly<Record<string, unknown>>;
  },
): void => {
  const why = omitUndefined({ reason });
  addEvents(
    tables,
    [{ ...told, actor, source: 'api', ...why, ...omitUndefined({ requestId }) }],
    backup,
    told.after.operationId,
  );
};
