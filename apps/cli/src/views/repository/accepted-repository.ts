import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { fields } from '../../output/table.ts';
import { counted, when } from '../../output/units.ts';

export const acceptedRepository = (accepted: Schemas['AcceptedRepository'], screen: Screen): string =>
  fields(
    [
      ['Repository', accepted.repository],
      ['Noticed', when(accepted.noticedAt, screen.now)],
      ['Missing', counted(accepted.missing, 'completed backup')],
      ['Settings', accepted.settings],
      ['Reconciliation', accepted.reconciliationId],
    ],
    screen,
  );
