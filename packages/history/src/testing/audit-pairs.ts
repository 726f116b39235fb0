import type { BackupFilter, BackupSort } from '@tandem/shared/domain/history/backup-search.ts';

export type AuditPair = {
  /** As bench/history/README.md names it. */
  readonly name: string;
  readonly filter: BackupFilter;
  readonly by: BackupSort['by'];
  /** What the rows of each of its walks have in common: an index has them in the order of the list. */
  readonly walks: readonly string[];
};

const states = ['COMPLETED', 'FAILED', 'INCOMPATIBLE', 'IN_PROGRESS', 'INCOMPLETE'].map(
  (state) => `state = '${state}'`,
);

/** The eight that auditors use most, as they are asked of a history that was filled. */
export const AUDIT_PAIRS: readonly AuditPair[] = [
  { name: 'everything by request', filter: {}, by: 'requested', walks: states },
  { name: 'everything by end', filter: {}, by: 'ended', walks: states },
  { name: 'state by request', filter: { states: ['FAILED'] }, by: 'requested', walks: [`state = 'FAILED'`] },
  { name: 'state by end', filter: { states: ['FAILED'] }, by: 'ended', walks: [`state = 'FAILED'`] },
  {
    name: 'id by request',
    filter: { id: 'nightly-7' },
    by: 'requested',
    walks: [
      `key = ANY (ARRAY(SELECT key FROM backup WHERE backup_id = 'nightly-7' AND deleted_at IS NULL))`,
      `backup_id = 'nightly-7' AND deleted_at IS NOT NULL`,
    ],
  },
  {
    name: 'actor by request',
    filter: { actor: '10.0.0.7' },
    by: 'requested',
    walks: [`requested_by_name = '10.0.0.7'`],
  },
  { name: 'deleted by request', filter: { deleted: true }, by: 'requested', walks: ['deleted_at IS NOT NULL'] },
  {
    name: 'unproven by request',
    filter: { deleted: false, provenBefore: new Date('2026-01-01T00:00:00Z') },
    by: 'requested',
    walks: [
      'deleted_at IS NULL AND proof IS NULL',
      `deleted_at IS NULL AND proof IS NOT NULL AND (proof ->> 'at')::timestamptz < '2026-01-01T00:00:00Z' AND requested_at < '2026-01-02T00:00:00Z'`,
    ],
  },
];
