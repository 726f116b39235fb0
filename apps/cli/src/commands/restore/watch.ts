import { argument, command } from '../../program/command.ts';
import { waiting } from '../../program/shared-options.ts';
import { untilRestoreEnded } from '../../wait/until-restore-ended.ts';

export const watch = command({
  name: 'watch',
  description: 'Follow a restore or rehearsal to its end, and show its report. Exit code 1 if it did not succeed.',
  arguments: { operationId: argument('operation-id', 'the id of the restore or rehearsal') },
  options: { timeout: waiting.timeout },
  examples: [
    'tandem restore watch 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10',
    'tandem restore watch 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10 --timeout 1h --output json',
  ],
  run: ({ client, args, options, io }) => untilRestoreEnded(client, args.operationId, options.timeout, io),
});
