import { Annotations, PatchRequest } from '@tandem/shared/contract/labels.ts';
import { type RequestContext, type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { backupId, hold } from '../openapi/examples.ts';
import { ofEngine, ofHistory } from '../openapi/failure-groups.ts';

const labelDocs = {
  patch: {
    id: 'annotateBackup',
    tag: 'Backups',
    summary: 'Label, note, hold or release a backup',
    description:
      'Omitted fields stay as they are. A held backup cannot be deleted until the hold expires, by the clock of the database, or is released. Applies to the newest incarnation that is not deleted, otherwise to the newest deleted one, which cannot be held.',
    answers: {
      200: json('The current labels, note and hold.', Annotations, {
        backupId,
        labels: { env: 'production' },
        note: 'before the migration to 3.10',
        hold,
      }),
    },
    failures: ['BACKUP_NOT_FOUND', 'BACKUP_DELETED', 'BACKUP_BUSY', ...ofEngine, ...ofHistory],
    body: {
      labels: { env: 'production', ticket: null },
      hold: { reason: hold.reason, until: hold.until },
    },
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

export type LabelRoutes = {
  readonly annotateBackup: (request: PatchRequest, context: RequestContext) => Promise<Annotations>;
};

/** Labels, notes and holds of backups. */
export const labelRoutes = ({ annotateBackup }: LabelRoutes): readonly Route[] => [
  route({
    method: 'patch',
    path: '/api/v1/backups/:backupId',
    docs: labelDocs.patch,
    input: PatchRequest,
    handle: async (request, context) => ({
      status: 200,
      body: await annotateBackup(request, context),
      logged: { backupId: request.backupId },
    }),
  }),
];
