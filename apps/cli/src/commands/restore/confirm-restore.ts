import { CommandFailure, usageError } from '../../command-failure.ts';
import type { Io } from '../../io/io.ts';
import { shellQuoted } from '../../output/as-options.ts';
import { counted } from '../../output/units.ts';
import type { StoredPlan } from '../../views/restore/restore-plan.ts';

/** What the command line says about the plan. */
export type GivenConsent = { readonly confirm: string | undefined; readonly planHash: string | undefined };

/**
 * How a restore that deletes is confirmed: `sure`: it deletes nothing, or the command line names backup and plan; `ask`: an operator types the
 * id; `refuse`: neither is possible.
 */
export type Consent = 'sure' | 'ask' | 'refuse';

export const consentTo = (
  { request, counts }: Pick<StoredPlan, 'request' | 'counts'>,
  { confirm, planHash }: GivenConsent,
  isInteractive: boolean,
): Consent => {
  if (!request.deleteExisting && counts.delete === 0) return 'sure';
  if (confirm !== undefined && planHash !== undefined) return 'sure';
  return isInteractive ? 'ask' : 'refuse';
};

/** Throws a usage error if --confirm names another backup: nothing was sent. */
export const requireSameId = (backupId: string, confirm: string | undefined): void => {
  if (confirm === undefined || confirm === backupId) return;
  throw usageError(`--confirm must be the id of the backup, ${backupId}, found ${JSON.stringify(confirm)}.`);
};

/**
 * Where another plan was reviewed than the one as it is now, only the API can tell the difference. It is requested where the command line confirms
 * the deletion as well: should the cluster change back meanwhile, the API carries it out.
 */
export const requireConfirmed = (plan: StoredPlan, given: GivenConsent): void => {
  if (consentTo(plan, given, false) === 'sure') return;
  throw new CommandFailure(
    'conflict',
    `The plan that was reviewed, ${given.planHash}, is not the one as it is now, ${plan.planHash}. Nothing was changed.`,
    'Review the plan above, and give its hash.',
  );
};

/** Resolves if the operator, or the command line, agrees with the plan that was shown. Rejects otherwise: nothing was changed. */
export const confirmRestore = async (plan: StoredPlan, given: GivenConsent, io: Io): Promise<void> => {
  const consent = consentTo(plan, given, io.isInteractive);
  if (consent === 'sure') return;
  const { backupId, planHash, counts } = plan;
  const what = `This deletes ${counted(counts.delete, 'index', 'indices')} and restores ${counted(counts.restore, 'index', 'indices')}.`;
  if (consent === 'refuse') {
    throw usageError(
      `${what} Nobody can be asked here, so nothing was changed.`,
      `Review the plan above, and add to the same command: --confirm ${shellQuoted(backupId)} --plan-hash ${planHash}`,
    );
  }
  io.say(what);
  const typed = await io.ask(`Type ${backupId} to confirm: `);
  if (typed !== backupId) throw new CommandFailure('usage', 'Not confirmed. Nothing was changed.');
};
