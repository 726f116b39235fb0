import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { onlyNode } from '@tandem/engine/in-memory/world.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { gatherPlan } from '@tandem/planning/plan/gather-plan.ts';
import { RehearseRequest } from '@tandem/shared/contract/restores.ts';
import { optimize } from '@tandem/shared/domain/profile.ts';
import { readRestoreDetail } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { describe, expect, it } from 'vitest';
import { engineFacts } from '../backups/read/engine-facts.ts';
import { findRecord } from '../backups/read/find-record.ts';
import { rehearseBackup } from './rehearse-backup.ts';

const ID = '0198c0de-7000-7000-8000-000000000001';
const asked = { actor: { kind: 'anonymous', address: '127.0.0.1' }, requestId: 'request' } as const;
const context = {
  ...asked,
  role: 'admin' as const,
  idempotencyKey: undefined,
  lastEventId: undefined,
  signal: new AbortController().signal,
};

const setUp = () => {
  const now = () => new Date('2026-01-01T00:00:00Z');
  const history = inMemoryHistory({ now });
  const engine = inMemoryEngine({ now });
  engine.createRepository('backups');
  for (const [number, name] of ['optimize-import-index_v3', 'optimize-alert_v4'].entries()) {
    engine.createIndex(name, 3);
    engine.putSnapshot('backups', {
      name: `camunda_optimize_b_3.9.0_part_${number + 1}_of_2`,
      indices: [name],
    });
  }
  const shared = { engine, history, newId: () => ID, enqueue: () => undefined, announce: () => undefined };
  const place = { repository: 'backups', indexPrefix: 'optimize', facts: engineFacts(engine, 1_000, () => 0), now };
  const gather = gatherPlan({
    indexPrefix: 'optimize',
    ...{ engine, history, repository: undefined, configuredVersion: '3.9.0' },
    optimizeAnswersAt: async () => undefined,
  });
  const record = findRecord({ ...shared, ...place, profile: optimize, afterAnswer: () => undefined });
  const rehearse = rehearseBackup({ ...shared, findRecord: record, gather });
  const ask = (more: object = {}) => rehearse(RehearseRequest.parse({ backupId: 'b', ...more }), context);
  return { history, engine, ask };
};

describe('a rehearsal', () => {
  it.each([
    [{}, false],
    [{ acceptDiskShort: true }, true],
  ])('asked for with %j accepts a short disk: %s', async (wish, accepts) => {
    const { history, ask } = setUp();
    await ask(wish);
    const restore = await history.findRestore(ID);
    expect(readRestoreDetail(restore?.detail ?? {}).task).toMatchObject({ copy: true, acceptDiskShort: accepts });
  });

  it('is refused where every disk is above its low watermark, whatever is accepted', async () => {
    const { history, engine, ask } = setUp();
    engine.setCapacity({ nodes: [{ ...onlyNode, freeBytes: 0 }] });
    await expect(ask({ acceptDiskShort: true })).rejects.toMatchObject({
      code: 'RESTORE_BLOCKED',
      data: { blockers: [{ code: 'DISK_FULL' }] },
    });
    expect(await history.findRestore(ID)).toBeUndefined();
  });
});
