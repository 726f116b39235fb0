import type { Rename } from './rename.ts';

/** What the names of a rehearsal's indices begin with, before a hyphen: from the random end of its id, so no two share one. */
export const rehearsalPrefix = (operationId: string): string =>
  `tandem-rehearsal-${operationId.replaceAll('-', '').slice(-12)}`;

export const rehearsalRename = (operationId: string): Rename => ({
  pattern: '^(.+)$',
  replacement: `${rehearsalPrefix(operationId)}-$1`,
});
