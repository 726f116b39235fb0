import type { Screen } from '../../output/screen.ts';
import { fields, section, stacked } from '../../output/table.ts';
import { counted, when } from '../../output/units.ts';
import { type Repository, remarks } from './repository-list.ts';
import { verificationFields } from './repository-verification.ts';

export const repositoryDetails = (one: Repository, screen: Screen): string =>
  stacked(
    head(one, screen),
    section('Settings', settings(one), screen),
    section(
      'Last verification',
      one.lastVerification === null ? '' : verificationFields(one.lastVerification, screen),
      screen,
    ),
  );

const head = (one: Repository, screen: Screen): string => {
  const { recorded, changed } = one;
  return fields(
    [
      ['Repository', one.repository],
      ['Type', one.type],
      ['Remarks', remarks(one).join('; ')],
      [
        'Backups',
        recorded === null
          ? 'none recorded'
          : `${counted(recorded.backups, 'backup')}, newest ${recorded.newestBackupId}`,
      ],
      ['Location', recorded && LOCATIONS[recorded.settings]],
      [
        'Missing',
        changed && `${counted(changed.missing, 'completed backup')}, noticed ${when(changed.noticedAt, screen.now)}`,
      ],
      ['Cluster', one.clusterUuid],
      ['Uuid', one.repositoryUuid],
    ],
    screen,
  );
};

const LOCATIONS: Readonly<Record<NonNullable<Repository['recorded']>['settings'], string>> = {
  same: 'the recorded one',
  changed: 'another than the recorded one',
  unknown: 'not known whether it is the recorded one',
};

/** As `repository register --setting` takes them, in one piece each. */
const settings = ({ settings: all, secretSettings }: Repository): string =>
  [
    ...Object.entries(all ?? {}).map(([key, value]) => `${key}=${value}`),
    ...secretSettings.map((name) => `${name} (secret)`),
  ].join('\n');
