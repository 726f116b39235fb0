import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import { describe, expect, it } from 'vitest';
import { inPlace, PART_2, REPOSITORY, RESTORE, rehearsal, setUp } from '../jobs/restore/restore.fixture.ts';
import { reportLateRestores } from './report-late-restores.ts';

const ALERTS = 'optimize-alert_v4';
const nothing = () => undefined;

/** A restore in place that was rolled back. */
const rolledBack = async (withinMs = 60_000) => {
  const world = await setUp();
  world.engine.rotSnapshot(REPOSITORY, PART_2, ALERTS);
  world.forget();
  await world.begin(inPlace);
  await world.toTheEnd(RESTORE);
  const { state, failure, endedAt } = await world.restore();
  expect({ state, rolledBack: failure?.data.rolledBack }).toEqual({ state: 'FAILED', rolledBack: true });
  const events: NewEvent[] = [];
  const report = reportLateRestores({
    history: {
      listRestores: world.history.listRestores,
      appendEvents: async (more) => void events.push(...more),
    },
    engine: world.engine,
    actor: { kind: 'system', name: 'worker' },
    log: { warn: nothing } as never,
    withinMs,
    now: () => new Date((endedAt?.getTime() ?? 0) + 30_000),
  });
  const restoreLate = () =>
    world.engine.startRestore({
      ...{ repository: REPOSITORY, snapshot: PART_2, indices: [ALERTS] },
      ...{ rename: undefined, as: 'saved' },
    });
  return { ...world, events, report, restoreLate };
};

describe('what appears after a restore was rolled back', () => {
  it('is reported once, and not deleted', async () => {
    const { events, report, restoreLate, indices } = await rolledBack();
    expect(await report()).toBe(0);
    await restoreLate();
    expect(await report()).toBe(1);
    expect(await report()).toBe(0);
    expect(events).toMatchObject([
      { kind: 'index.late', source: 'sweep', after: { operationId: RESTORE, indices: [ALERTS], count: 1 } },
    ]);
    expect(await indices('optimize')).toEqual([ALERTS]);
  });

  it('is not of it when it comes from elsewhere', async () => {
    const { engine, events, report } = await rolledBack();
    engine.createIndex(ALERTS, 1);
    expect(await report()).toBe(0);
    expect(events).toEqual([]);
  });

  it('is no business of a restore that ended long ago', async () => {
    const { report, restoreLate } = await rolledBack(20_000);
    await restoreLate();
    expect(await report()).toBe(0);
  });
});

it('says nothing of a restore that went well, nor of a rehearsal', async () => {
  for (const request of [inPlace, rehearsal]) {
    const world = await setUp();
    world.forget();
    await world.begin(request);
    await world.toTheEnd(RESTORE);
    const report = reportLateRestores({
      history: { listRestores: world.history.listRestores, appendEvents: async () => undefined },
      engine: world.engine,
      actor: { kind: 'system', name: 'worker' },
      log: { warn: nothing } as never,
      withinMs: 1e12,
      now: () => new Date('2026-01-02T00:00:00Z'),
    });
    expect(await report()).toBe(0);
  }
});
