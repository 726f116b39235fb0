import type { CommandGroup } from '../../program/command.ts';
import { acknowledgeRollback } from './acknowledge-rollback.ts';
import { events } from './events.ts';
import { exportEvents } from './export.ts';
import { proof } from './proof.ts';
import { reconcile } from './reconcile.ts';
import { seals } from './seals.ts';
import { snapshot } from './snapshot.ts';
import { status } from './status.ts';
import { summary } from './summary.ts';
import { verify } from './verify.ts';

export const history: CommandGroup = {
  name: 'history',
  description: 'Search, export and verify the history.',
  commands: [events, exportEvents, summary, snapshot, seals, verify, proof, reconcile, status, acknowledgeRollback],
};
