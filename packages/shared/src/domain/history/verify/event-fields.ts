import type { ExportedEvent } from '../../../contract/exported-event.ts';

export type Fields = Readonly<Record<string, ExportedEvent['after']>>;

/** The fields of an event's payload; none if the payload is not an object. */
export const fieldsOf = (value: ExportedEvent['after'] | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
