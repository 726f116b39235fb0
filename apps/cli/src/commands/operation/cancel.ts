import { argument, command } from '../../program/command.ts';
import { flag } from '../../program/options.ts';
import { reason, waiting } from '../../program/shared-options.ts';
import { acceptedOperation } from './accepted-operation.ts';

export const cancel = command({
  name: 'cancel',
  description:
    'Cancel an open operation. A restore or rehearsal rolls back what it did before it ends. With --wait exit code 1 if it ended in another way.',
  arguments: { operationId: argument('operation-id', 'the id of the operation, a UUID') },
  options: {
    reason,
    deleteSnapshots: flag('--delete-snapshots', 'of a create: delete the snapshots that it has finished, too'),
    ...waiting,
  },
  examples: [
    'tandem operation cancel 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10 --reason "requested by mistake"',
    'tandem operation cancel 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10 --reason "wrong day" --delete-snapshots',
  ],
  run: async ({ client, args, options, io }) => {
    const body = { reason: options.reason, deleteSnapshots: options.deleteSnapshots };
    const params = { path: args };
    const operation = await client.post('/api/v1/operations/{operationId}/cancel', { params, body });
    return acceptedOperation(operation, options, client, io, 'CANCELLED');
  },
});
