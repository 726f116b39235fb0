import { Readable } from 'node:stream';
import { writeComplete } from '../../exports/save-export.ts';
import { command } from '../../program/command.ts';
import { text } from '../../program/options.ts';
import { sealLines } from './seal-lines.ts';

export const seals = command({
  name: 'seals',
  description:
    'Write all seals of the history, oldest first, a line of JSON for each. history verify reads them, as seals or as a checkpoint.',
  options: { file: text('--file <path>', 'where to; without it stdout') },
  examples: [
    'tandem history seals --file seals.ndjson',
    'tandem history seals | tail -n 1 >> /mnt/elsewhere/checkpoints.ndjson',
  ],
  run: async ({ client, options: { file }, io }) => {
    if (file !== undefined) {
      await writeComplete(Readable.from(sealLines(client)), file, () => undefined, io.signal);
      return { notes: [`The seals are in ${file}.`] };
    }
    for await (const lines of sealLines(client)) await io.write(lines);
    return {};
  },
});
