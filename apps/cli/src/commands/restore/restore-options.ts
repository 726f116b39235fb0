import type { Option } from '../../program/command.ts';
import { flag, negatedFlag, text, texts } from '../../program/options.ts';
import { reason } from '../../program/shared-options.ts';

/** What is planned: an option for each field of POST /api/v1/restores/plan, under its name. */
export const planOptions = {
  indices: texts('--indices <names>', 'restore only these indices of the backup, and delete no other'),
  prefix: text('--prefix <prefix>', 'restore under other names: this, then the name as saved'),
  renamePattern: text('--rename-pattern <regex>', "restore under other names: what a name matches, such as '^(.+)$'"),
  renameReplacement: text('--rename-replacement <text>', "and what replaces it, such as 'copy-$1'"),
  deleteExisting: flag('--delete-existing', 'delete indices that are in the way, after a safety backup of them'),
  deleteUnknown: texts('--delete-unknown <names>', 'also delete these, which may not be of this Optimize'),
  keepUnknown: texts('--keep-unknown <names>', 'leave these as they are, and do not restore them'),
  acceptUnsaved: texts('--accept-unsaved <names>', 'delete these although no safety backup holds them'),
  acceptVersion: text('--accept-version <version>', 'restore a backup of this version of Optimize into another'),
  acceptDiskShort: flag('--accept-disk-short', 'restore although the disks are estimated to be too small'),
  acceptFailedRehearsal: flag('--accept-failed-rehearsal', 'delete and restore although a rehearsal failed'),
  acceptInconsistent: flag('--accept-inconsistent', 'restore chosen indices that do not fit those that stay'),
  acceptUnknownVersions: flag('--accept-unknown-versions', 'restore although it is not known what created the indices'),
  dropAllocation: flag('--drop-allocation', 'leave out saved allocation settings: any node may hold the indices'),
} as const;

/** The others of POST /api/v1/restores. */
export const runOptions = {
  planHash: text('--plan-hash <hash>', 'the plan that was reviewed; nothing else is carried out'),
  confirm: text('--confirm <id>', 'the id of the backup again, which confirms the deletion'),
  reason,
  safetyBackup: negatedFlag('--no-safety-backup', 'delete without one; --accept-unsaved must name all that is deleted'),
  rollback: negatedFlag('--no-rollback', 'leave what was restored if the restore does not end well'),
  restoreTemplates: flag('--restore-templates', 'put back index templates that are missing or changed'),
} as const;

type ValuesOf<Of> = { readonly [Name in keyof Of]: Of[Name] extends Option<infer Value> ? Value : never };

/** What was given on the command line. */
export type PlanChoices = ValuesOf<typeof planOptions>;
export type RunChoices = PlanChoices & ValuesOf<typeof runOptions>;
