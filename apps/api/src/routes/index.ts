import type { DoctorApi } from '../doctor/doctor-runs.ts';
import type { Metrics } from '../health/metrics.ts';
import type { Readiness } from '../health/readiness.ts';
import type { HistoryStatusDeps } from '../history/history-status.ts';
import type { ReconcileApi } from '../history/reconcile-history.ts';
import type { Route } from '../http/route.ts';
import type { ManageApiKeys } from '../identity/keys/manage-api-keys.ts';
import type { Operate } from '../operations/operate.ts';
import type { BrowserSessions } from '../ui/browser-sessions.ts';
import { type AuditRoutes, auditRoutes } from './audit.ts';
import { type BackupRoutes, backupRoutes } from './backups.ts';
import { callerRoutes } from './caller.ts';
import { type CompatibilityRoutes, compatibilityRoutes } from './compatibility.ts';
import { doctorRoutes } from './doctor.ts';
import { withDocumentation } from './documentation.ts';
import { type ExportRoutes, exportRoutes } from './exports.ts';
import { healthRoutes } from './health.ts';
import { historyRoutes } from './history.ts';
import { apiKeyRoutes } from './keys.ts';
import { type LabelRoutes, labelRoutes } from './labels.ts';
import { loginRoutes } from './login.ts';
import { metricsRoutes } from './metrics.ts';
import { operationRoutes } from './operations.ts';
import { type OptimizeBackupRoutes, optimizeBackupRoutes } from './optimize-backup.ts';
import { type OptimizeBackupsRoutes, optimizeBackupsRoutes } from './optimize-backups.ts';
import { reconcileRoutes } from './reconcile.ts';
import { type RepositoryRoutes, repositoryRoutes } from './repositories.ts';
import { type RestoreRoutes, restoreRoutes } from './restores.ts';
import { type SealRoutes, sealRoutes } from './seals.ts';
import { type StatusRoutes, statusRoutes } from './status.ts';
import { type SummaryRoutes, summaryRoutes } from './summary.ts';

export type RouteTable = Omit<OptimizeBackupRoutes, 'requestBackup'> &
  Omit<OptimizeBackupsRoutes, 'requestBackup'> &
  BackupRoutes &
  LabelRoutes &
  Operate &
  RestoreRoutes &
  AuditRoutes &
  ReconcileApi &
  DoctorApi &
  RepositoryRoutes &
  SealRoutes &
  ExportRoutes &
  SummaryRoutes &
  StatusRoutes &
  CompatibilityRoutes &
  ManageApiKeys &
  HistoryStatusDeps & {
    /** Awaited before every write, so that a rollback is detected first: operations that are accepted afterwards are not suspended. */
    readonly beforeWrite: () => Promise<void>;
    /** The URL at which clients reach the API; undefined: the one they use. */
    readonly publicUrl?: string | undefined;
    readonly readReadiness: () => Promise<Readiness>;
    readonly metrics: Metrics;
    readonly browserSessions: BrowserSessions;
  };

/** Every route of the API. */
export const routes = (deps: RouteTable): readonly Route[] =>
  withDocumentation(table(deps).map(checked(deps)), deps.publicUrl);

const checked =
  ({ beforeWrite }: RouteTable) =>
  (route: Route): Route =>
    route.readsOnly || route.method === 'get'
      ? route
      : {
          ...route,
          handle: async (input, context) => {
            await beforeWrite();
            return route.handle(input, context);
          },
        };

const table = (deps: RouteTable): readonly Route[] => [
  ...optimizeRoutes(deps),
  ...exportRoutes(deps),
  ...statusRoutes(deps),
  ...summaryRoutes(deps),
  ...backupRoutes(deps),
  ...compatibilityRoutes(deps),
  ...labelRoutes(deps),
  ...auditRoutes(deps),
  ...historyRoutes(deps),
  ...reconcileRoutes(deps),
  ...repositoryRoutes(deps),
  ...sealRoutes(deps),
  ...operationRoutes(deps),
  ...restoreRoutes(deps),
  ...apiKeyRoutes(deps),
  ...callerRoutes,
  ...doctorRoutes(deps),
  ...healthRoutes(deps.readReadiness),
  ...metricsRoutes(deps.metrics),
  ...loginRoutes(deps.browserSessions),
];

const optimizeRoutes = (deps: RouteTable): readonly Route[] => {
  const requestBackup: OptimizeBackupRoutes['requestBackup'] = (id, context) => deps.requestBackup(id, context, {});
  return [...optimizeBackupRoutes({ ...deps, requestBackup }), ...optimizeBackupsRoutes({ ...deps, requestBackup })];
};
