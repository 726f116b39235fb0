import { inMemoryEngine } from '@tandem/engine/in-memory.ts';
import { inMemoryHistory } from '@tandem/history/in-memory.ts';
import type { ClaimedOperation, PartRecord } from '@tandem/shared/domain/backup.ts';
import { expect, it } from 'vitest';
import { steadyClock } from '../background/watch-clock.ts';
import { deleteJob } from './delete.ts';

const REPOSITORY = 'backups';
const part = (number: number, uuid: string | undefined) =>
  ({ number, snapshotName: `part-${number}`, state: uuid ? 'SUCCESS' : 'PLANNED', uuid }) as PartRecord;

it.each([
  ['every part had ended well', true, 'COMPLETED'],
  ['a part had not been begun', false, 'INCOMPLETE'],
])('a cancel that leaves what had ended well: %s', async (_, isWhole, state) => {
  const engine = inMemoryEngine();
  engine.createRepository(REPOSITORY);
  const uuids = [1, 2].map((number) => engine.putSnapshot(REPOSITORY, { name: `part-${number}`, indices: [] }).uuid);
  const handler = deleteJob({
    engine,
    history: inMemoryHistory({ now: () => new Date(0) }),
    quietMs: 0,
    nowSince: steadyClock.nowSince,
    actor: { kind: 'system', name: 'worker' },
  });
  const operation = {
    detail: { keepBackup: true, onlyUnfinished: true },
    now: new Date(0),
    backup: {
      location: { clusterUuid: 'in-memory-cluster', repository: REPOSITORY, repositoryUuid: undefined },
      state: 'IN_PROGRESS',
      parts: [part(1, uuids[0]), part(2, isWhole ? uuids[1] : undefined)],
    },
  } as unknown as ClaimedOperation;
  const change = await handler(operation, { record: async () => undefined, assertHeld: () => undefined });
  expect(change).toMatchObject({
    events: [{ kind: 'backup.state-changed', before: { state: 'IN_PROGRESS' }, after: { state } }],
    outcome: { do: 'end', state: 'SUCCEEDED', backup: state },
  });
  expect(engine.snapshots(REPOSITORY)).toHaveLength(2);
});
