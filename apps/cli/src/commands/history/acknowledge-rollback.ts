import { CommandFailure } from '../../command-failure.ts';
import { span, utc } from '../../output/units.ts';
import { command, shown } from '../../program/command.ts';
import { reason } from '../../program/shared-options.ts';
import { historyStatus } from '../../views/history/history-status.ts';

export const acknowledgeRollback = command({
  name: 'acknowledge-rollback',
  description:
    'Acknowledge that the database was put back to an earlier state. Ends the alarm; suspended operations stay suspended.',
  options: { reason },
  examples: ["tandem history acknowledge-rollback --reason 'restored from the dump of 2026-11-21'"],
  run: async ({ client, options, io }) => {
    const { rollback } = await client.get('/api/v1/history');
    if (rollback === null)
      throw new CommandFailure('conflict', 'No rollback of the database was found, so there is none to acknowledge.');
    io.say(
      `Found at ${utc(rollback.detectedAt)} UTC: the database lost at most ${span(rollback.lossMs)} of its history.`,
    );
    const status = await client.post('/api/v1/history/acknowledge-rollback', { body: options });
    const notes = ['Suspended operations: tandem operation list --state SUSPENDED'];
    return shown(status, historyStatus, { notes });
  },
});
