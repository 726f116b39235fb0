import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { fields } from '../../output/table.ts';
import { when } from '../../output/units.ts';
import { actorName } from '../actor.ts';

/** Labels, note and hold of a backup. */
export const annotations = ({ backupId, labels, note, hold }: Schemas['Annotations'], screen: Screen): string =>
  fields(
    [
      ['Backup', backupId],
      [
        'Labels',
        Object.entries(labels)
          .map(([key, value]) => `${key}:${value}`)
          .join(', ') || '-',
      ],
      ['Note', note],
      ['Held', hold === null ? 'no' : `${hold.reason} (${actorName(hold.actor)})`],
      ['Until', hold && (hold.until === null ? 'it is released' : when(hold.until, screen.now))],
    ],
    screen,
  );
