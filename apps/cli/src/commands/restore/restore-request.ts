import type { paths } from '@tandem/client/generated/api.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { usageError } from '../../command-failure.ts';
import { type PlanChoices, planOptions, type RunChoices } from './restore-options.ts';

type BodyOf<Path extends '/api/v1/restores' | '/api/v1/restores/plan'> =
  paths[Path]['post']['requestBody']['content']['application/json'];
export type PlanBody = BodyOf<'/api/v1/restores/plan'>;
export type RestoreBody = BodyOf<'/api/v1/restores'>;

const RENAMING = ['prefix', 'renamePattern', 'renameReplacement'];
const PLANNED = Object.keys(planOptions).filter((name) => !RENAMING.includes(name)) as (keyof PlanChoices)[];

/** The body of a plan. Fields that were not chosen are left to the API. */
export const planBody = (backupId: string, choices: PlanChoices): PlanBody => {
  const target = targetOf(choices);
  const fields = Object.fromEntries(PLANNED.map((name) => [name, choices[name]]));
  return { backupId, ...omitUndefined({ target }), ...chosen(fields) };
};

/** The body of a restore: what was planned, and how it is carried out. */
export const restoreBody = (planned: PlanBody, planHash: string, choices: RunChoices): RestoreBody => {
  const { reason, safetyBackup, rollback, restoreTemplates } = choices;
  const confirm = planned.deleteExisting === true ? { confirm: planned.backupId } : {};
  const refused = { ...(safetyBackup ? {} : { safetyBackup }), ...(rollback ? {} : { rollback }) };
  return { ...planned, planHash, reason, ...confirm, ...refused, ...chosen({ restoreTemplates }) };
};

const chosen = <Fields extends object>(fields: Fields): Partial<Fields> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== false),
  ) as Partial<Fields>;

const targetOf = ({ prefix, renamePattern, renameReplacement }: PlanChoices): PlanBody['target'] => {
  if (prefix !== undefined && (renamePattern ?? renameReplacement) !== undefined) {
    throw usageError(
      '--prefix is given together with --rename-pattern or --rename-replacement: leave one of them out.',
    );
  }
  if (prefix !== undefined) return { renamePattern: '^(.+)$', renameReplacement: `${plainPrefix(prefix)}$1` };
  if (renamePattern === undefined && renameReplacement === undefined) return undefined;
  if (renamePattern === undefined || renameReplacement === undefined) {
    throw usageError('--rename-pattern and --rename-replacement go together: one of them is missing.');
  }
  return { renamePattern, renameReplacement };
};

const plainPrefix = (prefix: string): string => {
  if (/^[^$\\]+$/.test(prefix)) return prefix;
  throw usageError(
    `--prefix must be the begin of a name without $ and \\, found ${JSON.stringify(prefix)}.`,
    'For other names give --rename-pattern and --rename-replacement.',
  );
};
