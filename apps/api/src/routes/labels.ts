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
      'What is not sent stays as it is. A held backup cannot be deleted until the hold ends, by the time of the database, or is released. Of the newest incarnation that is not deleted, else of the newest that is; that one cannot be held.',
    answers: {
      200: json('What is written beside it now.', Annotations, {
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

/** What people write beside a backup. */
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
