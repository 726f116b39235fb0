import type { BackupState } from '../backup/backup.ts';
import { milliseconds } from '../duration.ts';
import type { Concern } from './protection.ts';

/** A backup that was COMPLETED when it was last seen, and what was seen of it now. */
export type CheckedBackup = {
  readonly backupId: string;
  readonly ageMs: number;
  /** The state now; undefined: it could not be read. */
  readonly state: BackupState | undefined;
};

export type BackupFacts = {
  /** Those that were checked, the one that ended last first; checking stops at the first one that is still COMPLETED. */
  readonly checked: readonly CheckedBackup[];
  /** More that were not checked. */
  readonly unchecked: boolean;
  readonly proven: { readonly backupId: string; readonly ageMs: number } | undefined;
  readonly failed: { readonly backupId: string; readonly count: number } | undefined;
  /** Parts that the last reconciliation did not find as recorded. */
  readonly driftedParts: number;
  /** PostgreSQL was put back to an earlier state, so newer backups may be missing in it. */
  readonly rolledBack: boolean;
};

/** How old the last COMPLETED backup and the last proof may be. */
export type AgeLimits = { readonly completedMs: number; readonly provenMs: number };

/** Until an installation has objectives of its own. */
export const AGE_LIMITS: AgeLimits = { completedMs: milliseconds('7d'), provenMs: milliseconds('90d') };

/** What the backups, as the history and the engine know them, leave to be desired. */
export const backupConcerns = (facts: BackupFacts, limits: AgeLimits = AGE_LIMITS): readonly Concern[] => [
  ...lost(facts),
  ...completed(facts, limits),
  ...failed(facts),
  ...proven(facts, limits),
  ...drifted(facts),
];

const lost = ({ checked }: BackupFacts): readonly Concern[] =>
  checked
    .filter(({ state }) => state !== undefined && state !== 'COMPLETED')
    .map(({ backupId, state }) => ({
      ...({ code: 'backup-lost', leadsTo: 'at-risk', backupId } as const),
      message: `Backup ${backupId} was COMPLETED and is ${state} now: it cannot be restored. GET /api/v1/backups/${backupId} shows its parts.`,
    }));

const completed = (facts: BackupFacts, limits: AgeLimits): readonly Concern[] => {
  const last = facts.checked.at(-1);
  if (last?.state === 'COMPLETED') return old(last, limits);
  if (last !== undefined && last.state === undefined) {
    const message = `Whether backup ${last.backupId} is still complete could not be read.`;
    return [{ code: 'backup-unverified', leadsTo: 'unknown', backupId: last.backupId, message }];
  }
  const open = facts.rolledBack || facts.unchecked;
  const message = facts.unchecked
    ? `The last ${facts.checked.length} backups cannot be restored; older ones were not checked.`
    : `There is no completed backup${facts.rolledBack ? ' in the history, which was rolled back' : ''}. Request one: POST /api/v1/backups.`;
  return [{ code: 'no-completed-backup', leadsTo: open ? 'unknown' : 'not-protected', message }];
};

const DAY_MS = milliseconds('1d');
const days = (ms: number): string => `${Math.floor(ms / DAY_MS)} days`;

const old = ({ backupId, ageMs }: CheckedBackup, { completedMs }: AgeLimits): readonly Concern[] => {
  if (ageMs <= completedMs) return [];
  const message = `The last completed backup, ${backupId}, is ${days(ageMs)} old: more than ${days(completedMs)}.`;
  return [{ code: 'backup-old', leadsTo: 'at-risk', backupId, message }];
};

const failed = ({ failed: since }: BackupFacts): readonly Concern[] => {
  if (since === undefined) return [];
  const { backupId, count } = since;
  const which = count === 1 ? `Backup ${backupId} failed` : `${count} backups failed, the last one is ${backupId},`;
  const message = `${which} since the last completed one. GET /api/v1/backups/${backupId} shows why.`;
  return [{ code: 'backup-failed', leadsTo: 'at-risk', backupId, message }];
};

/** Without a COMPLETED backup there is nothing to prove. */
const proven = ({ checked, proven: last }: BackupFacts, { provenMs }: AgeLimits): readonly Concern[] => {
  const newest = checked.at(-1);
  if (newest === undefined || (newest.state !== undefined && newest.state !== 'COMPLETED')) return [];
  if (last === undefined) {
    const message = `No backup was proven restorable. Rehearse one: POST /api/v1/backups/${newest.backupId}/rehearse.`;
    return [{ code: 'never-proven', leadsTo: 'at-risk', backupId: newest.backupId, message }];
  }
  if (last.ageMs <= provenMs) return [];
  const message = `The last proof, of backup ${last.backupId}, is ${days(last.ageMs)} old: more than ${days(provenMs)}. Rehearse a newer backup.`;
  return [{ code: 'proof-old', leadsTo: 'at-risk', backupId: last.backupId, message }];
};

const drifted = ({ driftedParts }: BackupFacts): readonly Concern[] => {
  if (driftedParts === 0) return [];
  const message = `The last reconciliation did not find ${driftedParts} parts as they were recorded. GET /api/v1/history/reconcile shows which backups changed.`;
  return [{ code: 'parts-drifted', leadsTo: 'at-risk', message }];
};
