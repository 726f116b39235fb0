import { ok, warn } from '@tandem/shared/domain/doctor/finding.ts';
import { doctorReport } from '@tandem/shared/domain/doctor/report.ts';
import { expect, it } from 'vitest';
import { operationId, someone } from './examples.ts';
import type { MakeHistory } from './history-under-test.ts';

const LASTS_MS = 60_000;
const request = { actor: someone, requestId: 'request-9' };
const report = doctorReport(
  [warn('redis-eviction', 'It evicts.', 'Change it.', { policy: 'allkeys-lru' }), ok('engine', 'Works.')],
  new Date('2026-03-01T12:00:00Z'),
  new Date('2026-03-01T12:00:01Z'),
);

export const examining = (makeHistory: MakeHistory): void => {
  it('opens one run of the doctor for concurrent requests, and keeps its report', async () => {
    const { history } = await makeHistory();
    expect(await history.findDoctorRun(undefined)).toBeUndefined();
    const ids = [1, 2, 3, 4, 5].map(operationId);
    const opened = await Promise.all(ids.map((id) => history.requestDoctorRun(id, request, LASTS_MS)));
    const [run] = opened;
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    expect(run).toEqual({
      ...{ id: run?.id, requestedAt: expect.any(Date), requestId: 'request-9', actor: someone },
      ...{ until: expect.any(Date), endedAt: undefined, report: undefined },
    });
    expect((run?.until.getTime() ?? 0) - (run?.requestedAt.getTime() ?? 0)).toBe(LASTS_MS);
    expect(await history.endDoctorRun(run?.id ?? '', report, 3)).toBe(true);
    const ended = { ...run, endedAt: expect.any(Date), report: JSON.parse(JSON.stringify(report)) };
    expect(await history.findDoctorRun(run?.id)).toEqual(ended);
    expect(await history.findDoctorRun(undefined)).toEqual(ended);
    expect(await history.endDoctorRun(run?.id ?? '', report, 3)).toBe(false);
    expect(await history.requestDoctorRun(operationId(6), request, LASTS_MS)).toMatchObject({ id: operationId(6) });
  });

  it('replaces a run whose process has died, which can no longer end it', async () => {
    const { history, advance } = await makeHistory();
    await history.requestDoctorRun(operationId(1), request, LASTS_MS);
    await advance(LASTS_MS - 5_000);
    expect(await history.requestDoctorRun(operationId(2), request, LASTS_MS)).toMatchObject({ id: operationId(1) });
    await advance(10_000);
    expect(await history.requestDoctorRun(operationId(3), request, LASTS_MS)).toMatchObject({ id: operationId(3) });
    expect(await history.findDoctorRun(operationId(1))).toBeUndefined();
    expect(await history.endDoctorRun(operationId(1), report, 3)).toBe(false);
    expect(await history.findDoctorRun(undefined)).toMatchObject({ id: operationId(3), endedAt: undefined });
  });

  it('replaces an open run once the clock was put back', async () => {
    const { history, advance } = await makeHistory();
    await history.requestDoctorRun(operationId(1), request, LASTS_MS);
    await advance(-600_000);
    expect(await history.requestDoctorRun(operationId(2), request, LASTS_MS)).toMatchObject({ id: operationId(2) });
  });

  it('keeps the last ones that ended', async () => {
    const { history, advance } = await makeHistory();
    for (const nth of [1, 2, 3, 4]) {
      await history.requestDoctorRun(operationId(nth), request, LASTS_MS);
      await history.endDoctorRun(operationId(nth), report, 2);
      await advance(1_000);
    }
    const kept = await Promise.all([1, 2, 3, 4].map((nth) => history.findDoctorRun(operationId(nth))));
    expect(kept.map((run) => run !== undefined)).toEqual([false, true, true, true]);
    expect(await history.endDoctorRun(operationId(4), report, 0)).toBe(false);
    expect(await history.findDoctorRun(operationId(2))).toBeDefined();
  });

  it('inspects a migrated database', async () => {
    const { history } = await makeHistory();
    const facts = await history.inspectDatabase();
    expect(facts).toMatchObject({
      ...{ version: expect.stringMatching(/^\d+/), major: expect.any(Number), role: expect.stringMatching(/./) },
      ...{ readOnly: false, inRecovery: false, missingMigrations: [], newerMigrations: [], lackingRights: [] },
      clock: expect.any(Date),
    });
    expect(facts.major).toBeGreaterThanOrEqual(13);
  });
};
