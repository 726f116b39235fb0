import type { ExportedBackup } from '../../../contract/exported-backup.ts';
import type { ExportedEvent } from '../../../contract/exported-event.ts';
import type { Seal } from '../../../contract/seals.ts';
import type { Digest } from '../seal/merkle.ts';
import { nextSeal } from '../seal/seal.ts';

const at = (id: number): string => `2026-03-01T12:00:${String(id + 10)}.000${String(id).padStart(3, '0')}Z`;

const event = (id: number, key: string, kind: string, after: ExportedEvent['after'] = null): ExportedEvent => ({
  id: String(id),
  at: at(id),
  backupKey: key,
  backupId: `backup-${key}`,
  operationId: `00000000-0000-4000-8000-00000000000${key}`,
  kind,
  actor: { kind: 'anonymous', address: `10.0.0.${id}` },
  source: 'api',
  reason: id % 2 === 0 ? `reason ${id}` : null,
  requestId: `request-${id}`,
  before: { state: 'before', nth: id },
  after,
});

/** Twelve events of three backups. Ids 4 and 9 were drawn and never committed; id 7 was committed after 10. */
export const events: readonly ExportedEvent[] = [
  event(1, '1', 'backup.requested', { state: 'IN_PROGRESS' }),
  event(2, '1', 'part.succeeded', { part: 1 }),
  event(3, '1', 'backup.completed', { state: 'COMPLETED' }),
  event(5, '2', 'backup.requested', { state: 'IN_PROGRESS' }),
  event(6, '2', 'backup.failed', { state: 'FAILED' }),
  event(7, '3', 'backup.discovered', { state: 'COMPLETED' }),
  event(8, '2', 'operation.retried', { state: 'QUEUED', backup: 'IN_PROGRESS' }),
  event(10, '2', 'operation.cancelled', { state: 'CANCELLED', backup: 'INCOMPLETE' }),
  event(11, '2', 'backup.delete-requested', { keepBackup: false }),
  event(12, '2', 'backup.deleted', { state: 'INCOMPLETE' }),
  event(13, '3', 'backup.state-changed', { state: 'FAILED' }),
  event(14, '3', 'backup.held', { until: null }),
];

export const backups: readonly ExportedBackup[] = [
  { key: '1', backupId: 'backup-1', origin: 'requested', state: 'COMPLETED', requestedAt: at(1), deletedAt: null },
  { key: '2', backupId: 'backup-2', origin: 'scheduled', state: 'INCOMPLETE', requestedAt: at(5), deletedAt: at(12) },
  {
    key: '3',
    backupId: 'backup-3',
    origin: 'discovered',
    state: 'FAILED',
    requestedAt: '2020-01-01T00:00:00.000000Z',
    deletedAt: null,
  },
];

const BATCHES = [
  ['1', '2', '3', '5'],
  ['6', '8', '10', '11'],
  ['7', '12', '13', '14'],
] as const;

/** As the sealer seals them, batch by batch; the ids that never come are abandoned with the last one. */
export const sealed = (
  digest: Digest,
  all: readonly ExportedEvent[],
  batches: readonly (readonly string[])[] = BATCHES,
): readonly Seal[] => {
  const seals: Seal[] = [];
  for (const [nth, ids] of batches.entries()) {
    seals.push(
      nextSeal(digest, {
        last: seals.at(-1),
        sealedAt: at(20 + nth),
        events: all.filter(({ id }) => ids.includes(id)),
        nothingWaits: nth === 2,
      }),
    );
  }
  return seals;
};
