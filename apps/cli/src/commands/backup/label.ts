import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { usageError } from '../../command-failure.ts';
import { argument, command, severalOptionalArguments, shown } from '../../program/command.ts';
import { flag, text, texts } from '../../program/options.ts';
import { optionalReason } from '../../program/shared-options.ts';
import { annotations } from '../../views/backup/annotations.ts';

export const label = command({
  name: 'label',
  description: 'Set or remove labels and the note of a backup.',
  arguments: {
    backupId: argument('backup-id', 'the id of the backup'),
    labels: severalOptionalArguments('key:value', 'labels to set, such as env:production'),
  },
  options: {
    remove: texts('--remove <keys>', 'keys of labels to remove, separated by commas'),
    note: text('--note <text>', 'replace the note'),
    removeNote: flag('--remove-note', 'remove the note'),
    reason: optionalReason,
  },
  examples: [
    'tandem backup label nightly-2026-11-22 env:production team:bpm',
    'tandem backup label nightly-2026-11-22 --remove team --note "before the migration to 3.10"',
  ],
  run: async ({ client, args: { backupId, labels }, options }) => {
    const { remove = [], note, removeNote, reason } = options;
    const changes = { ...labelsOf(labels), ...Object.fromEntries(remove.map((key) => [key, null])) };
    const newNote = removeNote ? null : note;
    if (note !== undefined && removeNote) throw usageError('Give --note or --remove-note, not both.');
    if (Object.keys(changes).length === 0 && newNote === undefined) {
      throw usageError(
        'There is nothing to change.',
        'Give labels as key:value, --remove KEY, --note or --remove-note.',
      );
    }
    const body = omitUndefined({
      labels: Object.keys(changes).length === 0 ? undefined : changes,
      note: newNote,
      reason,
    });
    const params = { path: { backupId } };
    return shown(await client.patch('/api/v1/backups/{backupId}', { params, body }), annotations);
  },
});

const labelsOf = (given: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    given.map((text) => {
      const [, key, value] = /^([^:]+):(.+)$/s.exec(text) ?? [];
      if (key !== undefined && value !== undefined) return [key, value];
      throw usageError(`A label is a key, a colon and a value such as env:production, found ${JSON.stringify(text)}.`);
    }),
  );
