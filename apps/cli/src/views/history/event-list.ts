import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { table } from '../../output/table.ts';
import { utc } from '../../output/units.ts';
import { actorName } from '../actor.ts';

const TIME = { head: 'time (UTC)' } as const;
const KIND = { head: 'event' } as const;
const BACKUP = { head: 'backup', min: 12 } as const;
const WHO = { head: 'by, and why', min: 14 } as const;

/** `of`: the backup that all events are about, which then has no column. */
export const eventList = (events: readonly Schemas['Event'][], of: string | undefined, screen: Screen): string =>
  table(
    of === undefined ? [TIME, KIND, BACKUP, WHO] : [TIME, KIND, WHO],
    events.map(({ at, kind, backupId, actor, reason }) => [
      ...[utc(at), kind],
      ...(of === undefined ? [backupId ?? '-'] : []),
      reason === null ? actorName(actor) : `${actorName(actor)}: ${reason}`,
    ]),
    screen,
    'No event fits.',
  );
