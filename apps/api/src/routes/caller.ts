import { Caller } from '@tandem/shared/contract/caller.ts';
import { z } from 'zod';
import { type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';

const docs = {
  id: 'readCaller',
  tag: 'Keys',
  summary: 'Who the caller is',
  description:
    'The identity and the role that the credentials of this request have. Without authentication everyone is `admin`.',
  answers: {
    200: json('The caller.', Caller, {
      actor: { kind: 'api-key', id: 'tdm_4f9a2c7b', name: 'ci', address: '10.0.0.7' },
      role: 'operator',
    }),
  },
  failures: [],
} as const satisfies RouteDocs;

/** Who sends the request. */
export const callerRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/v1/caller',
    query: true,
    docs,
    input: z.strictObject({}),
    handle: async (_, { actor, role }) => ({ status: 200, body: { actor, role } }),
  }),
];
