import { argument, command, shown } from '../../program/command.ts';
import { restoreDetails } from '../../views/restore/restore-details.ts';
import { readRestore } from '../../wait/until-restore-ended.ts';

export const get = command({
  name: 'get',
  description: 'Show a restore or rehearsal: its state, its progress, what failed, and its report.',
  arguments: { operationId: argument('operation-id', 'the id of the restore or rehearsal') },
  examples: [
    'tandem restore get 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10',
    'tandem restore get 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10 --output yaml',
  ],
  run: async ({ client, args }) => shown(await readRestore(client, args.operationId), restoreDetails),
});
