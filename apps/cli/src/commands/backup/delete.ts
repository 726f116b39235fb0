import { ApiError } from '@tandem/client/api-error.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { CommandFailure } from '../../command-failure.ts';
import { argument, command, shown } from '../../program/command.ts';
import { confirmed } from '../../program/confirmed.ts';
import { flag, text } from '../../program/options.ts';
import { reason, waiting } from '../../program/shared-options.ts';
import { deletionPreview, previewOf } from '../../views/backup/deletion-preview.ts';
import { acceptedOperation } from '../operation/accepted-operation.ts';

export const deleteBackup = command({
  name: 'delete',
  description: 'Delete the snapshots of a backup. Its record stays. Asks on a terminal; elsewhere --yes is needed.',
  arguments: { backupId: argument('backup-id', 'the id of the backup') },
  options: {
    reason,
    yes: flag('--yes', 'do not ask'),
    confirm: text('--confirm <backup-id>', 'the id again, needed for the newest COMPLETED or proven backup'),
    deleteDiscovered: flag('--delete-discovered', 'delete it although Tandem did not take it'),
    dryRun: flag('--dry-run', 'show what would be deleted, and delete nothing'),
    ...waiting,
  },
  examples: [
    'tandem backup delete nightly-2025-11-22 --reason "older than a year" --dry-run',
    'tandem backup delete nightly-2025-11-22 --reason "older than a year" --wait',
    'tandem backup delete nightly-2025-11-22 --reason "older than a year" --yes',
  ],
  run: async ({ client, args: { backupId }, options, io }) => {
    const params = { path: { backupId } };
    const preview = previewOf(await client.get('/api/v1/backups/{backupId}', { params }));
    if (options.dryRun) return shown(preview, deletionPreview, { notes: ['Nothing was deleted.'] });
    const isGiven = options.yes || options.confirm === backupId;
    const screen = { style: io.style, now: io.now(), width: 80 };
    await confirmed(
      { ...{ what: deletionPreview(preview, screen), answer: backupId, given: isGiven }, options: '--yes' },
      io,
    );
    const body = omitUndefined({
      reason: options.reason,
      deleteDiscovered: options.deleteDiscovered,
      // whoever typed the id on the terminal has confirmed it
      confirm: options.confirm ?? (isGiven ? undefined : backupId),
    });
    const operation = await client.delete('/api/v1/backups/{backupId}', { params, body }).catch(withOption(backupId));
    return acceptedOperation(operation, options, client, io);
  },
});

/** The API's own words name fields of its request. */
const OPTIONS: Readonly<Record<string, (backupId: string) => string>> = {
  DELETE_NOT_CONFIRMED: (backupId) => `To delete it anyway, add --confirm ${backupId}.`,
  DISCOVERED_NOT_CONFIRMED: () => 'To delete it anyway, add --delete-discovered.',
};

const withOption =
  (backupId: string) =>
  (error: unknown): never => {
    const option = error instanceof ApiError ? OPTIONS[error.code ?? ''] : undefined;
    if (option === undefined || !(error instanceof ApiError)) throw error;
    const [what = error.message] = error.message.split(/(?<=\.) (?=To delete|confirm must)/);
    throw new CommandFailure(error.status === 409 ? 'conflict' : 'usage', what, option(backupId), { cause: error });
  };
