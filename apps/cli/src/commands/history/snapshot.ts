import { argument, command, shown } from '../../program/command.ts';
import { foundSnapshot } from '../../views/history/found-snapshot.ts';

export const snapshot = command({
  name: 'snapshot',
  description: 'Show which backup a snapshot belongs to, also once the backup is deleted.',
  arguments: { snapshotName: argument('snapshot-name', 'the name of the snapshot in the repository') },
  examples: ['tandem history snapshot camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2'],
  run: async ({ client, args }) =>
    shown(await client.get('/api/v1/snapshots', { params: { query: args } }), foundSnapshot),
});
