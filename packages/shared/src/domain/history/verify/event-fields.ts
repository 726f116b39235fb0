import type { ExportedEvent } from '../../../contract/exported-event.ts';

export type Fields = Readonly<Record<string, ExportedEvent['after']>>;

/** The fields of what an event says; none where it says something else. */
export const fieldsOf = (value: ExportedEvent['after'] | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
