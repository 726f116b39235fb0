import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { ExitName } from '../../exit-codes.ts';
import { command, shown } from '../../program/command.ts';
import { optionalReason, waiting } from '../../program/shared-options.ts';
import { type Reconciliation, reconciliationDetails } from '../../views/history/reconciliation-details.ts';
import { untilReconciled } from './until-reconciled.ts';

export const reconcile = command({
  name: 'reconcile',
  description:
    'Compare the history with the snapshots in the repositories. With --wait exit code 1 if backups changed, and 5 if a repository could not be read.',
  options: { reason: optionalReason, ...waiting },
  examples: [
    'tandem history reconcile --wait',
    "tandem history reconcile --reason 'the repository was mounted from its copy' --wait --output json",
  ],
  run: async ({ client, options, io }) => {
    const requested = await client.post('/api/v1/history/reconcile', {
      body: omitUndefined({ reason: options.reason }),
    });
    if (!options.wait) {
      return shown(requested, reconciliationDetails, { notes: ['To wait for it: tandem history reconcile --wait'] });
    }
    const ended = await untilReconciled(client, requested.reconciliationId, options.timeout, io);
    return shown(ended, reconciliationDetails, { exit: exitOf(ended) });
  },
});

const exitOf = ({ complete, figures }: Reconciliation): ExitName => {
  if (figures !== null && figures.changedCount > 0) return 'failed';
  return complete ? 'ok' : 'unreachable';
};
