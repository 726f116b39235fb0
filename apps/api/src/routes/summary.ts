import type { SummaryHistory } from '@tandem/history/ports/summary.ts';
import { SummaryQuery } from '@tandem/shared/contract/summary.ts';
import { summaryDocs } from '../docs/summary-docs.ts';
import { historySummary } from '../history/history-summary.ts';
import { type Route, route } from '../http/route.ts';

export type SummaryRoutes = { readonly history: SummaryHistory };

export const summaryRoutes = ({ history }: SummaryRoutes): readonly Route[] => [
  route({
    method: 'get',
    path: '/api/v1/history/summary',
    query: true,
    docs: summaryDocs.summary,
    input: SummaryQuery,
    handle: async (query) => ({
      status: 200,
      body: await historySummary({ history, now: () => new Date() }, query),
    }),
  }),
];
