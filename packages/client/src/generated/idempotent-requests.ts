// Generated from the OpenAPI document by `npm run docs`. Do not edit.

export const IDEMPOTENT_REQUESTS: ReadonlySet<string> = new Set([
    "POST /api/v1/backups",
    "POST /api/v1/restores",
]);
