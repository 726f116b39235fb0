import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { table } from '../../output/table.ts';
import { amount } from '../../output/units.ts';
import { verifiedWord } from './repository-verification.ts';

export type Repository = Schemas['SnapshotRepository'];

const COLUMNS = [
  { head: 'repository', min: 12 },
  { head: 'type' },
  { head: 'backups', align: 'right' },
  { head: 'verified' },
  { head: 'remarks', min: 16 },
] as const;

export const repositoryList = (repositories: readonly Repository[], screen: Screen): string =>
  table(
    COLUMNS,
    repositories.map((one) => [
      one.repository,
      one.type ?? '-',
      amount(one.recorded?.backups ?? 0),
      one.lastVerification === null ? 'never' : verifiedWord(one.lastVerification.verified, screen),
      remarks(one).join('; ') || '-',
    ]),
    screen,
    'There is no repository: tandem repository register makes one.',
  );

/** What an operator should know of a repository. */
export const remarks = ({ isConfigured, isRegistered, readOnly, changed }: Repository): readonly string[] => [
  ...(isConfigured ? ['takes new backups'] : []),
  ...(isRegistered === false ? ['not registered in the engine'] : []),
  ...(isRegistered === null ? ['not known whether the engine has it'] : []),
  ...(readOnly === null ? [] : [`read-only: ${readOnly}`]),
  ...(changed === null ? [] : [changed.acceptedAt === null ? 'not the recorded one: backups are refused' : 'accepted']),
];
