import { createHash } from 'node:crypto';
import type { SealHistory } from '@tandem/history/ports/seals.ts';
import type { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import { BackupProof, ProofRequest, SealPage, SealSearch } from '@tandem/shared/contract/seals.ts';
import { hex } from '@tandem/shared/domain/history/seal/merkle.ts';
import { eventLeaf, nextSeal } from '@tandem/shared/domain/history/seal/seal.ts';
import { type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { backupId, cursor, operationId, requestId } from '../openapi/examples.ts';
import { ofHistory } from '../openapi/failure-groups.ts';
import { listSeals } from '../seals/list-seals.ts';
import { proveBackup } from '../seals/prove-backup.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

const event: ExportedEvent = {
  id: '4711',
  at: '2026-11-22T01:00:00.000213Z',
  backupKey: '42',
  backupId,
  operationId,
  kind: 'backup.requested',
  actor: { kind: 'anonymous', address: '10.0.0.7' },
  source: 'api',
  reason: null,
  requestId,
  before: null,
  after: { state: 'IN_PROGRESS' },
};

const last = { number: 17, hash: 'ab'.repeat(32), through: '4710', waiting: [] };
const seal = nextSeal(sha256, { last, sealedAt: '2026-11-22T01:00:08.120311Z', events: [event], nothingWaits: true });

const sealDocs = {
  seals: {
    id: 'listSeals',
    tag: 'History',
    summary: 'List the seals of the history, oldest first',
    description:
      'Store them outside Tandem: `npm run audit:verify -- --checkpoint FILE` then detects that seals were removed or re-created. Each seal covers its events and the seal before it.',
    answers: { 200: json('A page of seals.', SealPage, { items: [seal], nextCursor: cursor }) },
    failures: ['CURSOR_INVALID', ...ofHistory],
  },
  proof: {
    id: 'proveBackup',
    tag: 'History',
    summary: 'Prove the history of a backup: its events, their seals, and whether the backup matches them',
    description:
      'Each event includes its Merkle inclusion proof: the hashes that lead from its leaf to the root of its seal (RFC 6962). Use `npm run audit:verify` to check that the seals form one chain.',
    answers: {
      200: json('The proof; `intact` is false if anything does not match.', BackupProof, {
        backupId,
        intact: true,
        findings: [],
        backups: [
          {
            ...{
              key: '42',
              backupId,
              origin: 'requested',
              state: 'IN_PROGRESS',
              requestedAt: event.at,
              deletedAt: null,
            },
            ...{ labels: {}, note: null, hold: null, heldUntil: null },
          },
        ],
        events: [{ event, leaf: hex(eventLeaf(sha256, event)), seal: seal.number, proof: [] }],
        allEvents: true,
        moreEvents: 0,
        unsealed: 0,
        seals: [seal],
      }),
    },
    failures: ['BACKUP_NOT_FOUND', ...ofHistory],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

export type SealRoutes = { readonly history: SealHistory };

/** Seals and proofs, which make changes of the history detectable. */
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
      handle: async ({ backupId }) => ({ status: 200, body: await prove(backupId), logged: { backupId } }),
    }),
  ];
};
