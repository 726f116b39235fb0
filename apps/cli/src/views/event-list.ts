import type { Schemas } from '../connect/schemas.ts';
import type { Screen } from '../output/screen.ts';
import { table } from '../output/table.ts';
import { utc } from '../output/units.ts';
import { actorName } from './actor.ts';

const COLUMNS = [
  { head: 'time (UTC)' },
  { head: 'event', min: 12 },
  { head: 'backup', min: 10 },
  { head: 'by', min: 10 },
  { head: 'reason', min: 10 },
] as const;

export const eventList = (events: readonly Schemas['Event'][], screen: Screen): string =>
  table(
    COLUMNS,
    events.map(({ at, kind, backupId, actor, reason }) => [
      utc(at),
      kind,
      backupId ?? '-',
      actorName(actor),
      reason ?? '-',
    ]),
    screen,
    'No event fits.',
  );
