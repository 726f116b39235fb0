import { argument, command, shown } from '../../program/command.ts';
import { waiting } from '../../program/shared-options.ts';
import { operationDetails } from '../../views/operation/operation-details.ts';
import { untilOperationEnded } from '../../wait/until-operation-ended.ts';

export const get = command({
  name: 'get',
  description: "Show an operation with its attempts, and the engine's own words for what failed.",
  arguments: { operationId: argument('operation-id', 'the id of the operation, a UUID') },
  options: waiting,
  examples: [
    'tandem operation get 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10',
    'tandem operation get 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10 --wait',
  ],
  run: async ({ client, args, options, io }) =>
    options.wait
      ? untilOperationEnded(client, args.operationId, options.timeout, io)
      : shown(await client.get('/api/v1/operations/{operationId}', { params: { path: args } }), operationDetails),
});
