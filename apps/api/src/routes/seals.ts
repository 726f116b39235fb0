import type { SealHistory } from '@tandem/history/ports/seals.ts';
import { ProofRequest, SealSearch } from '@tandem/shared/contract/seals.ts';
import { sealDocs } from '../docs/seal-docs.ts';
import { type Route, route } from '../http/route.ts';
import { listSeals } from '../seals/list-seals.ts';
import { proveBackup } from '../seals/prove-backup.ts';

export type SealRoutes = { readonly history: SealHistory };

/** What makes a change of the history show. */
export const sealRoutes = ({ history }: SealRoutes): readonly Route[] => {
  const prove = proveBackup({ history, now: () => new Date() });
  return [
    route({
      method: 'get',
      path: '/api/v1/history/seals',
      query: true,
      docs: sealDocs.seals,
      input: SealSearch,
      handle: async (query) => ({ status: 200, body: await listSeals(history, query) }),
    }),
    route({
      method: 'get',
      path: '/api/v1/audit/proof/:backupId',
      docs: sealDocs.proof,
      input: ProofRequest,
      handle: async ({ backupId }) => ({ status: 200, body: await prove(backupId), told: { backupId } }),
    }),
  ];
};
