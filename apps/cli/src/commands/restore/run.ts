import { ApiError } from '@tandem/client/api-error.ts';
import { CommandFailure } from '../../command-failure.ts';
import type { Client } from '../../connect/client.ts';
import type { Schemas } from '../../connect/schemas.ts';
import { asOptions } from '../../output/as-options.ts';
import { fields } from '../../output/table.ts';
import { counted } from '../../output/units.ts';
import { argument, command, shown } from '../../program/command.ts';
import { flag } from '../../program/options.ts';
import { waiting } from '../../program/shared-options.ts';
import { restorePlan, type StoredPlan } from '../../views/restore/restore-plan.ts';
import { untilRestoreEnded } from '../../wait/until-restore-ended.ts';
import { confirmRestore, requireConfirmed, requireSameId } from './confirm-restore.ts';
import { makePlan, PLANNING_MS } from './make-plan.ts';
import { shownPlan } from './plan.ts';
import { planOptions, runOptions } from './restore-options.ts';
import { planBody, type RestoreBody, restoreBody } from './restore-request.ts';

export const run = command({
  name: 'run',
  description:
    'Plan a restore, show the plan, and carry it out. Where it deletes it asks for the id of the backup; where nobody can be asked it needs --confirm and --plan-hash.',
  arguments: { backupId: argument('backup-id', 'the id of the backup') },
  options: {
    ...planOptions,
    ...runOptions,
    dryRun: flag('--dry-run', 'show the plan and stop; exit code 4 if it is blocked'),
    ...waiting,
  },
  examples: [
    "tandem restore run nightly-2026-11-22 --delete-existing --reason 'the disk was lost' --wait",
    "tandem restore run nightly-2026-11-22 --prefix copy- --reason 'compare with last week' --wait",
    "tandem restore run nightly-2026-11-22 --delete-existing --confirm nightly-2026-11-22 --plan-hash 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 --reason 'drill'",
  ],
  run: async ({ client, args: { backupId }, options, io }) => {
    requireSameId(backupId, options.confirm);
    const planned = planBody(backupId, options);
    const plan = await makePlan(client, planned);
    if (options.dryRun) return shownPlan(plan, options);
    io.say(restorePlan(plan, { style: io.style, now: io.now(), width: WIDTH }, options));
    const isReviewed = options.planHash === undefined || options.planHash === plan.planHash;
    if (isReviewed) {
      requireUnblocked(plan);
      await confirmRestore(plan, options, io);
    } else requireConfirmed(plan, options);
    const accepted = await request(client, restoreBody(planned, options.planHash ?? plan.planHash, options));
    if (!options.wait) return shownAccepted(accepted);
    io.say(`Restore ${accepted.operationId} was accepted.`);
    return untilRestoreEnded(client, accepted.operationId, options.timeout, io);
  },
});

/** A plan goes to stderr, whatever that is. */
const WIDTH = 80;

const requireUnblocked = ({ blockers, backupId }: StoredPlan): void => {
  if (blockers.length === 0) return;
  const codes = blockers.map(({ code }) => code).join(', ');
  throw new CommandFailure(
    'conflict',
    `The restore of ${backupId} is blocked by ${counted(blockers.length, 'blocker')}: ${codes}. Nothing was changed.`,
    'The plan above says what to do about each.',
  );
};

/** Where another plan was reviewed, the API says what has changed since, and does nothing. */
const request = async (client: Client, body: RestoreBody): Promise<Schemas['AcceptedRestore']> => {
  try {
    return await client.post('/api/v1/restores', { body, fetch: client.fetchWithin(PLANNING_MS) });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'PLAN_CHANGED') throw error;
    throw new CommandFailure(
      'conflict',
      `This is not the plan that was reviewed. Nothing was changed.\n${asOptions(differenceOf(error))}`,
      'Review the plan as it is now: tandem restore plan, with the same options.',
      { cause: error },
    );
  }
};

/** A line for each difference. */
const differenceOf = ({ data, message }: ApiError): string => {
  const { difference, more } = data;
  if (!Array.isArray(difference) || difference.length === 0) return message;
  const rest = typeof more === 'number' && more > 0 ? [`and ${more} more`] : [];
  return [...difference, ...rest].map((line) => `  ${String(line)}`).join('\n');
};

const shownAccepted = (accepted: Schemas['AcceptedRestore']) =>
  shown(
    accepted,
    ({ operationId, state, safetyBackupId }, screen) =>
      fields(
        [
          ['Restore', operationId],
          ['State', state],
          ['Safety backup', safetyBackupId],
        ],
        screen,
      ),
    { notes: [`To follow it: tandem restore watch ${accepted.operationId}`] },
  );
