import { argument, command, shown } from '../../program/command.ts';
import { compareBackups, comparison } from '../../views/backup/comparison.ts';
import { contentsOf } from './contents-of.ts';

export const compare = command({
  name: 'compare',
  description: 'Show how two backups differ: indices, documents and sizes, as recorded when they were taken.',
  arguments: {
    first: argument('backup-id', 'the first backup'),
    second: argument('other-backup-id', 'the one that it is compared with'),
  },
  examples: ['tandem backup compare nightly-2026-11-21 nightly-2026-11-22'],
  run: async ({ client, args }) => {
    const [first, second] = [await contentsOf(client, args.first), await contentsOf(client, args.second)];
    return shown(compareBackups(first, second), comparison);
  },
});
