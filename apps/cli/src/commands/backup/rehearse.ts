import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { fields } from '../../output/table.ts';
import { argument, command, shown } from '../../program/command.ts';
import { flag, text } from '../../program/options.ts';
import { optionalReason, waiting } from '../../program/shared-options.ts';
import { untilRestoreEnded } from '../../wait/until-restore-ended.ts';

export const rehearse = command({
  name: 'rehearse',
  description: 'Prove that a backup can be restored: restore a copy, compare it, and remove it.',
  arguments: { backupId: argument('backup-id', 'the id of the backup') },
  options: {
    indices: text('--indices <which>', 'all (the default), how many, or names separated by commas'),
    acceptDiskShort: flag('--accept-disk-short', 'rehearse even if the disks are estimated to be too small'),
    reason: optionalReason,
    ...waiting,
  },
  examples: [
    'tandem backup rehearse nightly-2026-11-22 --wait',
    'tandem backup rehearse nightly-2026-11-22 --indices 10 --reason "monthly proof"',
  ],
  run: async ({ client, args, options, io }) => {
    const { acceptDiskShort, reason } = options;
    const body = omitUndefined({ indices: indicesOf(options.indices), acceptDiskShort, reason });
    const accepted = await client.post('/api/v1/backups/{backupId}/rehearse', { params: { path: args }, body });
    const { operationId } = accepted;
    const warnings = accepted.warnings.map(({ message }) => `Warning: ${message}`);
    if (options.wait) {
      for (const line of [`Rehearsal ${operationId} was accepted.`, ...warnings]) io.say(line);
      return untilRestoreEnded(client, operationId, options.timeout, io);
    }
    const notes = [...warnings, `To follow it: tandem restore watch ${operationId}`];
    return shown(
      accepted,
      ({ state }, screen) =>
        fields(
          [
            ['Rehearsal', operationId],
            ['State', state],
          ],
          screen,
        ),
      { notes },
    );
  },
});

const indicesOf = (given: string | undefined): 'all' | number | string[] | undefined => {
  if (given === undefined || given === 'all') return given;
  if (/^\d{1,9}$/.test(given)) return Number(given);
  return given.split(',').map((name) => name.trim());
};
