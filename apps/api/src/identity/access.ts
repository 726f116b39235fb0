import type { Role } from '@tandem/shared/domain/identity/role.ts';

/** The weakest role that may call a route; `public`: everyone, without credentials. */
export type Access = 'public' | Role;

/**
 * Every route by its operation id, and who may call it. The only place that decides it: a route that is not in this table is refused. Where the
 * needed role depends on what a request changes, the row has the weakest one, and the handler asks for the stronger one.
 */
export const access: Readonly<Record<string, Access>> = {
  // /actuator: as ACTUATOR_AUTH says
  triggerBackup: 'operator',
  readBackupState: 'viewer',
  triggerNumberedBackup: 'operator',
  listNumberedBackups: 'viewer',
  readNumberedBackup: 'viewer',
  deleteNumberedBackup: 'restorer',
  readMetrics: 'viewer',
  readHealth: 'public',
  readLiveness: 'public',
  readReadiness: 'public',

  readOpenApi: 'public',
  readDocs: 'public',
  readDocsFile: 'public',

  readLoginPage: 'public',
  readLoginFile: 'public',
  startLogin: 'public',
  finishLogin: 'public',
  createSession: 'public',
  endSession: 'public',

  searchBackups: 'viewer',
  requestBackup: 'operator',
  readBackup: 'viewer',
  listBackupEvents: 'viewer',
  deleteBackup: 'restorer',
  annotateBackup: 'operator',
  rehearseBackup: 'operator',
  readRunbook: 'viewer',
  readBackupCompatibility: 'viewer',
  checkUpgrade: 'viewer',

  planRestore: 'viewer',
  readPlan: 'viewer',
  listRestores: 'viewer',
  requestRestore: 'restorer',
  readRestore: 'viewer',
  cancelRestore: 'operator',

  listOperations: 'viewer',
  readOperation: 'viewer',
  // without a token these are previews
  retryOperations: 'viewer',
  releaseOperations: 'viewer',
  // restorer, if the operation restores or deletes
  retryOperation: 'operator',
  releaseOperation: 'operator',
  cancelOperation: 'operator',

  readStatus: 'viewer',
  searchEvents: 'viewer',
  exportEvents: 'viewer',
  exportBackups: 'viewer',
  findSnapshot: 'viewer',
  summarizeHistory: 'viewer',
  readCalendar: 'viewer',
  listSeals: 'viewer',
  proveBackup: 'viewer',
  readHistoryStatus: 'viewer',
  acknowledgeRollback: 'admin',
  requestReconciliation: 'operator',
  readReconciliation: 'viewer',
  readLatestReconciliation: 'viewer',

  listRepositories: 'viewer',
  putRepository: 'admin',
  verifyRepository: 'operator',
  acceptRepository: 'admin',

  requestDoctor: 'operator',
  readDoctorRun: 'viewer',
  readLatestDoctorRun: 'viewer',

  readCaller: 'viewer',
  listApiKeys: 'viewer',
  createApiKey: 'admin',
  rotateApiKey: 'admin',
  revokeApiKey: 'admin',
};
