import { ERROR_CLASSES } from '@tandem/shared/domain/failure/failure-definition.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { command, optionalArgument } from '../../program/command.ts';
import { choice } from '../../program/options.ts';
import { reason, waiting } from '../../program/shared-options.ts';
import { acceptedOperation } from './accepted-operation.ts';
import { bulk, bulkOptions, namedOperation } from './bulk.ts';

export const retry = command({
  name: 'retry',
  description: 'Retry a failed operation, or all that fit a filter, after a preview.',
  arguments: { operationId: optionalArgument('operation-id', 'the id of the operation, a UUID') },
  options: {
    reason,
    ...bulkOptions,
    failureClass: choice('--failure-class <class>', 'instead of one: all that failed so', ERROR_CLASSES),
    ...waiting,
  },
  examples: [
    'tandem operation retry 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10 --reason "the disk was replaced" --wait',
    'tandem operation retry --kind create --reason "the disk was replaced"',
    'tandem operation retry --failure-class operator --reason "the key was renewed" --yes',
  ],
  run: async ({ client, args, options, io }) => {
    const { kind, backup, failureClass, token, yes } = options;
    const why = options.reason;
    const operationId = namedOperation(args.operationId, options);
    if (operationId !== undefined) {
      const params = { path: { operationId } };
      const body = { reason: why };
      const operation = await client.post('/api/v1/operations/{operationId}/retry', { params, body });
      return acceptedOperation(operation, options, client, io);
    }
    const filter = omitUndefined({ kind, backupId: backup, failureClass });
    const send = (given = {}) => client.post('/api/v1/operations/retry', { body: { filter, reason: why, ...given } });
    return bulk(send, { token, yes, verb: 'retry' }, io);
  },
});
