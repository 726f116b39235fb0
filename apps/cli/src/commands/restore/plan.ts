import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { PLAN_LISTS } from '@tandem/shared/domain/restore/plan/plan-lists.ts';
import { usageError } from '../../command-failure.ts';
import type { Client } from '../../connect/client.ts';
import { shellQuoted } from '../../output/as-options.ts';
import { command, type Outcome, optionalArgument, shown } from '../../program/command.ts';
import { choice, text } from '../../program/options.ts';
import { page } from '../../program/shared-options.ts';
import { pageNotes } from '../../views/page-notes.ts';
import { restorePlan, type StoredPlan } from '../../views/restore/restore-plan.ts';
import { restorePlanPage } from '../../views/restore/restore-plan-page.ts';
import { makePlan } from './make-plan.ts';
import { optionLine } from './option-line.ts';
import { planOptions } from './restore-options.ts';
import { planBody } from './restore-request.ts';

export const plan = command({
  name: 'plan',
  description:
    'Show what a restore would delete, restore and leave alone, and what blocks it. Changes nothing. Exit code 4 if it is blocked.',
  arguments: { backupId: optionalArgument('backup-id', 'the id of the backup; not with --stored') },
  options: {
    ...planOptions,
    stored: text('--stored <hash>', 'show the plan with this hash as it was made'),
    list: choice('--list <list>', 'with --stored: one of its lists, complete, page by page', PLAN_LISTS),
    ...page,
  },
  examples: [
    'tandem restore plan nightly-2026-11-22 --delete-existing',
    'tandem restore plan nightly-2026-11-22 --prefix copy-',
    'tandem restore plan nightly-2026-11-22 --indices optimize-alert_v4,optimize-dashboard_v8 --delete-existing',
    'tandem restore plan --stored 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 --list delete',
  ],
  run: async ({ client, args: { backupId }, options }) => {
    const { stored, list, limit, cursor } = options;
    if ((stored === undefined) === (backupId === undefined)) {
      throw usageError('Give either the id of a backup, or --stored with the hash of a plan.');
    }
    if (list === undefined && (limit ?? cursor) !== undefined) throw usageError('--limit and --cursor go with --list.');
    if (stored === undefined && list !== undefined) throw usageError('--list goes with --stored.');
    if (stored === undefined) return shownPlan(await makePlan(client, planBody(backupId ?? '', options)));
    return list === undefined
      ? shownPlan(await readPlan(client, stored))
      : readPage(client, stored, omitUndefined({ list, limit, cursor }));
  },
});

/** A plan as the outcome of a command: blocked or not. */
export const shownPlan = (made: StoredPlan, { safetyBackup = true } = {}): Outcome => {
  const isBlocked = made.blockers.length > 0;
  const notes = isBlocked ? [] : [`To carry it out: ${runLine(made)}`];
  return shown(made, (one, screen) => restorePlan(one, screen, { safetyBackup }), {
    exit: isBlocked ? 'conflict' : 'ok',
    notes,
  });
};

/** The command that carries it out; on a terminal it asks instead of --confirm. */
const runLine = ({ backupId, request, planHash }: StoredPlan): string => {
  const confirm = request.deleteExisting ? ['--confirm', shellQuoted(backupId)] : [];
  const parts = [shellQuoted(backupId), ...optionLine(request), ...confirm, '--plan-hash', planHash];
  return `tandem restore run ${parts.join(' ')} --reason '…' --wait`;
};

type Query = { readonly list: (typeof PLAN_LISTS)[number]; readonly limit?: number; readonly cursor?: string };

const readPage = async (client: Client, planHash: string, query: Query): Promise<Outcome> => {
  const found = await client.get('/api/v1/restores/plans/{planHash}', { params: { path: { planHash }, query } });
  if (!('items' in found)) throw new TypeError('The API returned a plan instead of a list of it.');
  return shown(found, restorePlanPage, { notes: pageNotes(found) });
};

const readPlan = async (client: Client, planHash: string): Promise<StoredPlan> => {
  const found = await client.get('/api/v1/restores/plans/{planHash}', { params: { path: { planHash } } });
  if ('items' in found) throw new TypeError('The API returned a list of the plan instead of the plan.');
  return found;
};
