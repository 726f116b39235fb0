import { Status } from '@tandem/shared/contract/status.ts';
import { z } from 'zod';
import type { RequestContext } from '../http/route.ts';
import { type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { backupId } from '../openapi/examples.ts';

const example: Status = {
  status: 'at-risk',
  checkedAt: '2026-11-22T19:00:00.000Z',
  concerns: [
    {
      ...{ code: 'never-proven', leadsTo: 'at-risk', backupId, operationId: null },
      message: `No backup was proven restorable. Rehearse one: POST /api/v1/backups/${backupId}/rehearse.`,
    },
  ],
  backups: {
    lastCompleted: {
      ...{ backupId, optimizeVersion: '3.9.0', endedAt: '2026-11-22T18:47:00.000Z', ageMs: 780_000, verified: true },
    },
    lastProven: null,
  },
  operations: { open: [], more: false, failed: [] },
};

const docs = {
  id: 'readStatus',
  tag: 'Health',
  summary: 'Whether the installation is protected',
  description:
    'The first thing to read at night: the last completed and the last proven backup, what runs, and every open problem with what to do about it. The last completed backup is looked up in the engine. While PostgreSQL does not respond the status is `unknown`.',
  answers: { 200: json('The status now.', Status, example) },
  failures: [],
} as const satisfies RouteDocs;

export type StatusRoutes = { readonly readStatus: (context: RequestContext) => Promise<Status> };

/** Whether the installation is protected. */
export const statusRoutes = (deps: StatusRoutes): readonly Route[] => [
  route({
    method: 'get',
    path: '/api/v1/status',
    query: true,
    docs,
    input: z.strictObject({}),
    handle: async (_, context) => ({ status: 200, body: await deps.readStatus(context) }),
  }),
];
