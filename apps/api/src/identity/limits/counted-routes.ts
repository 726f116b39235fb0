import type { GatedRoute } from '../gate.ts';

/** A stream of events stays open instead of being requested again, and pages load many files at once. */
export const UNCOUNTED: ReadonlySet<string> = new Set(['listBackupEvents', 'readDocs', 'readDocsFile']);

/** Whether a request counts against RATE_LIMIT. Reads on /actuator do not: monitoring polls them, and scripts poll states there. */
export const isCounted = ({ method, path, docs }: GatedRoute): boolean =>
  !UNCOUNTED.has(docs.id) && !(method === 'get' && path.startsWith('/actuator/'));
