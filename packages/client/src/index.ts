export { ApiError, type ApiErrorFacts } from './api-error.ts';
export { type ClientOptions, createClient, type TandemClient } from './client.ts';
export { type BackupEvent, backupEvents, type EventsOptions } from './follow/backup-events.ts';
export {
  type BackupDetails,
  type OperationWithAttempts,
  type RestoreWithProgress,
  waitForBackup,
  waitForOperation,
  waitForRestore,
} from './follow/wait-for.ts';
export { WaitTimeoutError } from './follow/wait-timeout-error.ts';
export { type Waited, type WaitOptions, waitUntil } from './follow/wait-until.ts';
export type { components, operations, paths } from './generated/api.ts';
export { InsecureAddressError } from './insecure-address-error.ts';
export { type ItemOf, items, type ListPath } from './items.ts';
export { NetworkError, type NetworkProblem } from './network-error.ts';
export type { ReadCredentials } from './transport/authenticated-fetch.ts';
export type { Fetch } from './transport/fetch.ts';
export type { FailedTry, RetryLimits } from './transport/retry-delay.ts';
export type { Retry } from './transport/retrying-fetch.ts';
