import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { command, optionalArgument } from '../../program/command.ts';
import { reason, waiting } from '../../program/shared-options.ts';
import { acceptedOperation } from './accepted-operation.ts';
import { bulk, bulkOptions, namedOperation } from './bulk.ts';

export const release = command({
  name: 'release',
  description: 'Release a suspended operation, or all that fit a filter, after a preview: it continues.',
  arguments: { operationId: optionalArgument('operation-id', 'the id of the operation, a UUID') },
  options: { reason, ...bulkOptions, ...waiting },
  examples: [
    'tandem operation release 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10 --reason "the workers are back"',
    'tandem operation release --all --reason "the workers are back"',
  ],
  run: async ({ client, args, options, io }) => {
    const { kind, backup, token, yes } = options;
    const why = options.reason;
    const operationId = namedOperation(args.operationId, options);
    if (operationId !== undefined) {
      const params = { path: { operationId } };
      const body = { reason: why };
      const operation = await client.post('/api/v1/operations/{operationId}/release', { params, body });
      return acceptedOperation(operation, options, client, io);
    }
    const filter = omitUndefined({ kind, backupId: backup });
    const send = (given = {}) => client.post('/api/v1/operations/release', { body: { filter, reason: why, ...given } });
    return bulk(send, { token, yes, verb: 'release' }, io);
  },
});
