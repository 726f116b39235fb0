import type { Client } from '../../connect/client.ts';
import type { Io } from '../../io/io.ts';
import type { Reconciliation } from '../../views/history/reconciliation-details.ts';
import { onlyStep } from '../../wait/progress.ts';
import { waitFor } from '../../wait/wait-for.ts';

/** Waits for the end of a reconciliation. */
export const untilReconciled = (
  client: Client,
  reconciliationId: string,
  timeoutMs: number | undefined,
  io: Io,
): Promise<Reconciliation> =>
  waitFor(
    {
      read: (holdMs) =>
        client.get('/api/v1/history/reconcile/{reconciliationId}', {
          params: { path: { reconciliationId }, query: holdMs === 0 ? {} : { wait: `${holdMs}ms` } },
        }),
      holds: true,
      hasEnded: ({ endedAt }) => endedAt !== null,
      progress: ({ state }) => onlyStep(`Reconciliation ${state}`),
      follow: 'tandem history reconcile --wait',
      timeoutMs,
    },
    io,
  );
