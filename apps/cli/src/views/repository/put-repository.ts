import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { fields, stacked } from '../../output/table.ts';
import { amount } from '../../output/units.ts';
import { verificationFields } from './repository-verification.ts';

const CHANGES: Readonly<Record<Schemas['PutRepository']['change'], string>> = {
  nothing: 'none, it had these settings already',
  settings: 'its settings; the data stays where it is',
  location: 'its location: the recorded backups are not in it',
};

export const putRepository = (put: Schemas['PutRepository'], screen: Screen): string =>
  stacked(
    fields(
      [
        ['Repository', put.repository],
        ['Changed', CHANGES[put.change]],
        ['Backups', amount(put.backups)],
      ],
      screen,
    ),
    put.verification === null ? '' : verificationFields(put.verification, screen),
  );
