import { argument, command, shown } from '../../program/command.ts';
import { reason, waiting } from '../../program/shared-options.ts';
import { reconciliationDetails } from '../../views/history/reconciliation-details.ts';
import { acceptedRepository } from '../../views/repository/accepted-repository.ts';
import { untilReconciled } from '../history/until-reconciled.ts';

export const accept = command({
  name: 'accept',
  description:
    'Accept a repository that is not the recorded one: backups into it are taken again, and what is gone is recorded. With --wait until that is done.',
  arguments: { name: argument('name', 'the name of the repository') },
  options: { reason, ...waiting },
  examples: ["tandem repository accept backups --reason 'the old bucket is lost' --wait"],
  run: async ({ client, args, options, io }) => {
    const { reason: why, wait, timeout } = options;
    const accepted = await client.post('/api/v1/repositories/{name}/accept', {
      ...{ params: { path: args }, body: { reason: why } },
    });
    if (!wait)
      return shown(accepted, acceptedRepository, { notes: ['To see what is gone: tandem history reconcile --wait'] });
    io.say(`Repository ${accepted.repository} is accepted.`);
    const ended = await untilReconciled(client, accepted.reconciliationId, timeout, io);
    return shown(ended, reconciliationDetails, { exit: ended.complete ? 'ok' : 'unreachable' });
  },
});
