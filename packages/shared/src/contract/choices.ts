/** Sets of values of single messages, apart from the schemas: for clients that need the words only. */

/** SUCCEEDED: it went well, and what came back was what was saved; of a rehearsal too, which then deleted its copy. */
export const RESTORE_STATES = ['QUEUED', 'RUNNING', 'SUSPENDED', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
export type RestoreState = (typeof RESTORE_STATES)[number];

export const RESTORE_KINDS = ['restore', 'rehearse'] as const;

/** Types that `PUT /api/v1/repositories/{name}` registers. */
export const REPOSITORY_TYPES = ['fs', 's3', 'gcs', 'azure', 'url'] as const;

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
