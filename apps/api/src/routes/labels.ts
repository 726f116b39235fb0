import { type Annotations, PatchRequest } from '@tandem/shared/contract/labels.ts';
import { labelDocs } from '../docs/label-docs.ts';
import { type RequestContext, type Route, route } from '../http/route.ts';

export type LabelRoutes = {
  readonly annotateBackup: (wish: PatchRequest, context: RequestContext) => Promise<Annotations>;
};

/** What people write beside a backup. */
export const labelRoutes = ({ annotateBackup }: LabelRoutes): readonly Route[] => [
  route({
    method: 'patch',
    path: '/api/v1/backups/:backupId',
    docs: labelDocs.patch,
    input: PatchRequest,
    handle: async (wish, context) => ({
      status: 200,
      body: await annotateBackup(wish, context),
      told: { backupId: wish.backupId },
    }),
  }),
];
