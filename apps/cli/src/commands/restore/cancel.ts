import { argument, command, shown } from '../../program/command.ts';
import { reason, waiting } from '../../program/shared-options.ts';
import { restoreList } from '../../views/restore/restore-list.ts';
import { untilRestoreEnded } from '../../wait/until-restore-ended.ts';

export const cancel = command({
  name: 'cancel',
  description: 'Stop a restore or rehearsal. What it restored is rolled back; what it deleted is in its safety backup.',
  arguments: { operationId: argument('operation-id', 'the id of the restore or rehearsal') },
  options: { reason, ...waiting },
  examples: [
    "tandem restore cancel 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10 --reason 'the wrong backup'",
    "tandem restore cancel 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10 --reason 'the wrong backup' --wait",
  ],
  run: async ({ client, args, options, io }) => {
    const { operationId } = args;
    const stopping = await client.post('/api/v1/restores/{operationId}/cancel', {
      params: { path: args },
      body: { reason: options.reason },
    });
    if (options.wait) return untilRestoreEnded(client, operationId, options.timeout, io, 'CANCELLED');
    const notes = stopping.endedAt === null ? [`To follow it: tandem restore watch ${operationId}`] : [];
    return shown(stopping, (one, screen) => restoreList([one], screen), { notes });
  },
});
