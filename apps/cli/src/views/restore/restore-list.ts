import type { Screen } from '../../output/screen.ts';
import { state } from '../../output/style.ts';
import { table } from '../../output/table.ts';
import { relative } from '../../output/units.ts';
import type { Restore } from './restore-details.ts';

const COLUMNS = [
  { head: 'operation' },
  { head: 'kind' },
  { head: 'backup', min: 8 },
  { head: 'state' },
  { head: 'requested' },
] as const;

export const restoreList = (restores: readonly Restore[], screen: Screen): string =>
  table(
    COLUMNS,
    restores.map(({ operationId, kind, backupId, state: name, requestedAt }) => [
      operationId,
      kind === 'rehearse' ? 'rehearsal' : kind,
      backupId,
      state(name, screen.style),
      relative(requestedAt, screen.now),
    ]),
    screen,
    'No restore fits.',
  );
