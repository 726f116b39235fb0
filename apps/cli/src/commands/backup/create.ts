import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { fields } from '../../output/table.ts';
import { command, optionalArgument, shown } from '../../program/command.ts';
import { optionalReason, waiting } from '../../program/shared-options.ts';
import { untilBackupEnded } from './wait.ts';

export const create = command({
  name: 'create',
  description: 'Take a backup. Without an id Tandem makes one that sorts by time.',
  arguments: { backupId: optionalArgument('backup-id', 'the id of the new backup') },
  options: { reason: optionalReason, ...waiting },
  examples: [
    'tandem backup create',
    'tandem backup create before-migration --reason "before the migration to 3.10" --wait',
    'tandem backup create --wait --timeout 2h',
  ],
  run: async ({ client, args, options, io }) => {
    const body = omitUndefined({ backupId: args.backupId, reason: options.reason });
    const accepted = await client.post('/api/v1/backups', { body });
    const { backupId } = accepted;
    if (options.wait) {
      io.say(`Backup ${backupId} was accepted.`);
      return untilBackupEnded(client, backupId, options.timeout, io);
    }
    return shown(
      accepted,
      ({ operationId, state }, screen) =>
        fields(
          [
            ['Backup', backupId],
            ['State', state],
            ['Operation', operationId],
          ],
          screen,
        ),
      { notes: [`To follow it: tandem backup wait ${backupId}`] },
    );
  },
});
