import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { state } from '../../output/style.ts';
import { fields, stacked } from '../../output/table.ts';
import { when } from '../../output/units.ts';
import { actorName } from '../actor.ts';
import { attempts, ledgerRows } from './ledger.ts';

export type OperationDetails = Schemas['OperationWithAttempts'];

/** An operation and its attempts. */
export const operationDetails = (operation: OperationDetails, screen: Screen): string =>
  stacked(operationHead(operation, screen), attempts(operation.attempts, screen));

/** An operation as lists and accepted requests have it: without its attempts. */
export const operationHead = (
  operation: Schemas['Operation'] & Partial<Pick<OperationDetails, 'waiting'>>,
  screen: Screen,
): string =>
  fields(
    [
      ['Operation', operation.operationId],
      ['Kind', operation.kind],
      ['State', state(operation.state, screen.style)],
      ['Backup', operation.backupId],
      ['Repository', operation.repository],
      ['Requested', `${when(operation.requestedAt, screen.now)}, by ${actorName(operation.actor)}`],
      ...ledgerRows({ waiting: null, ...operation }, screen),
    ],
    screen,
  );
