import { BackupCompatibility, UpgradeCheck, UpgradeCheckQuery } from '@tandem/shared/contract/compatibility.ts';
import { BackupPath } from '@tandem/shared/contract/restores.ts';
import type { RequestContext } from '../http/route.ts';
import { type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { backupCompatibility, upgradeCheck } from '../openapi/compatibility-examples.ts';
import { ofEngine, ofHistory } from '../openapi/failure-groups.ts';

const compatibilityDocs = {
  backup: {
    id: 'readBackupCompatibility',
    tag: 'Backups',
    summary: 'Get the engines that can restore a backup',
    description:
      'From the recorded versions of its snapshots and of the indices in them: which of the supported engines can restore the backup, each part and the indices that each version created, and what decides. The engine may be unreachable.',
    answers: { 200: json('The engines, for the backup and per part.', BackupCompatibility, backupCompatibility) },
    failures: ['BACKUP_NOT_FOUND', 'BACKUP_DELETED', ...ofEngine, ...ofHistory],
  },
  upgrade: {
    id: 'checkUpgrade',
    tag: 'Backups',
    summary: 'Check what a change of the engine would make unusable',
    description:
      'For an upgrade, a downgrade or a change to the other kind of engine: the COMPLETED backups that the engine could not restore, and the indices of the running engine that it could not read. Changes nothing. If the running engine does not respond, the indices are not known, and the backups are answered.',
    answers: { 200: json('What would be unusable.', UpgradeCheck, upgradeCheck) },
    failures: ['CURSOR_INVALID', 'QUERY_TOO_LONG', ...ofHistory],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

export type CompatibilityRoutes = {
  readonly readCompatibility: (backupId: string, context: RequestContext) => Promise<BackupCompatibility>;
  readonly checkUpgrade: (query: UpgradeCheckQuery) => Promise<UpgradeCheck>;
};

/** Which engines can restore which backups. */
export const compatibilityRoutes = (deps: CompatibilityRoutes): readonly Route[] => [
  route({
    method: 'get',
    path: '/api/v1/backups/:backupId/compatibility',
    docs: compatibilityDocs.backup,
    input: BackupPath,
    handle: async ({ backupId }, context) => ({ status: 200, body: await deps.readCompatibility(backupId, context) }),
  }),
  route({
    method: 'get',
    path: '/api/v1/upgrade-check',
    query: true,
    docs: compatibilityDocs.upgrade,
    input: UpgradeCheckQuery,
    handle: async (query) => ({ status: 200, body: await deps.checkUpgrade(query) }),
  }),
];
