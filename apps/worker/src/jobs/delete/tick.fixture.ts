import { type InMemoryEngine, inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import type { PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { steadyClock } from '../../background/watch-clock.ts';
import type { NowSince } from '../job.ts';
import { deleteJob } from './delete.ts';

export const REPOSITORY = 'backups';
export const CREATE = '00000000-0000-4000-8000-000000000001';
export const actor = { kind: 'system', name: 'worker' } as const;
export const NOW = new Date('2026-01-01T00:00:00Z');
export const QUIET_MS = 1_000;
const OF = 2;

/** A recorded part of the set; its name follows the profile. */
export const part = (number: number, more: Partial<PartRecord> = {}): PartRecord => ({
  ...{ number, of: OF, snapshotName: nameOf(number), indices: [], state: 'SUCCESS', starts: 1, uuid: undefined },
  ...{ engineVersion: undefined, versionId: undefined, startedAt: undefined, endedAt: undefined, shards: undefined },
  ...{ bytes: undefined, failures: [], manifest: undefined, drift: undefined },
  ...more,
});

export const nameOf = (number: number): string => `camunda_optimize_b_3.9.0_part_${number}_of_${OF}`;

export type Deletion = {
  readonly parts: readonly PartRecord[];
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly location?: Partial<ClaimedOperation['backup']['location']>;
};

/** Runs ticks of a deletion, and records what they wrote before they acted. */
export const setUpDeletion = (nowSince: NowSince = steadyClock.nowSince) => {
  const engine: InMemoryEngine = inMemoryEngine();
  engine.createRepository(REPOSITORY);
  const handler = deleteJob({
    engine,
    history: inMemoryHistory({ now: () => NOW }),
    quietMs: QUIET_MS,
    nowSince,
    actor,
  });
  /** Over all ticks, including failed ones. */
  const records: Omit<OperationChange, 'outcome'>[] = [];
  const tick = async ({ parts, detail = {}, location = {} }: Deletion): Promise<OperationChange> => {
    const operation = {
      operationId: '00000000-0000-4000-8000-000000000002',
      requestId: 'request-2',
      requestedAt: new Date('2025-12-31T23:59:00Z'),
      trigger: 'request',
      detail,
      now: NOW,
      backup: {
        location: {
          ...{ clusterUuid: 'in-memory-cluster', repository: REPOSITORY, repositoryUuid: undefined },
          ...location,
        },
        state: 'IN_PROGRESS',
        create: { operationId: CREATE, state: 'CANCELLED' },
        parts,
      },
    } as unknown as ClaimedOperation;
    const record = async (change: Omit<OperationChange, 'outcome'>) => void records.push(change);
    return handler(operation, { record, assertHeld: () => undefined });
  };
  /** Creates a snapshot with the name of the part and returns its uuid. */
  const put = (number: number): string => engine.putSnapshot(REPOSITORY, { name: nameOf(number), indices: [] }).uuid;
  const deleted = () => engine.calls.filter(({ method }) => method === 'deleteSnapshot').map(({ subject }) => subject);
  return { engine, tick, records, put, deleted };
};
