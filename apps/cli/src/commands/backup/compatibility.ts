import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { fields, stacked, table } from '../../output/table.ts';
import { argument, command, shown } from '../../program/command.ts';

export const compatibility = command({
  name: 'compatibility',
  description: 'Show which engines can restore a backup, and what decides it.',
  arguments: { backupId: argument('backup-id', 'the id of the backup') },
  examples: ['tandem backup compatibility nightly-2026-11-22'],
  run: async ({ client, args }) =>
    shown(await client.get('/api/v1/backups/{backupId}/compatibility', { params: { path: args } }), view),
});

const COLUMNS = [{ head: 'engine' }, { head: 'restores' }, { head: 'from' }, { head: 'decided by', min: 20 }] as const;

const view = ({ backupId, running, runningUnknown, engines }: Schemas['BackupCompatibility'], screen: Screen): string =>
  stacked(
    fields(
      [
        ['Backup', backupId],
        ['Running', running === null ? runningUnknown : `${running.engine} ${running.version}: ${running.restores}`],
      ],
      screen,
    ),
    '\n',
    table(
      COLUMNS,
      engines.map((engine) => row(engine, screen)),
      screen,
    ),
  );

const row = ({ engine, major, restores, fromVersion, decidedBy, why }: Schemas['EngineVerdict'], { style }: Screen) => [
  `${engine} ${major}`,
  restores === 'yes' ? style.good(restores) : style.bad(restores),
  fromVersion ?? '-',
  decidedBy === null
    ? ''
    : `${why ?? ''} part ${decidedBy.part}, ${decidedBy.index ?? 'snapshot'} of ${decidedBy.version}`.trim(),
];
