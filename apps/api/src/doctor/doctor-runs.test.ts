import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { ok } from '@tandem/shared/domain/doctor/finding.ts';
import { type DoctorReport, doctorReport } from '@tandem/shared/domain/doctor/report.ts';
import { expect, it } from 'vitest';
import type { RequestContext } from '../http/route.ts';
import { doctorAnswer } from './doctor-answer.ts';
import { type DoctorApi, readDoctor, requestDoctor } from './doctor-runs.ts';

const context: RequestContext = {
  requestId: 'request-1',
  actor: { kind: 'anonymous', address: '10.0.0.7' },
  role: 'admin' as const,
  idempotencyKey: undefined,
  lastEventId: undefined,
  signal: new AbortController().signal,
};
const report = doctorReport([ok('engine', 'Works.', { nodes: ['a'] })], new Date(0), new Date(1_000));

const setUp = (given: Partial<DoctorApi> = {}) => {
  const history = inMemoryHistory({ now: () => new Date() });
  const examined = Promise.withResolvers<DoctorReport>();
  const warned: unknown[] = [];
  let runs = 0;
  let ids = 0;
  const deps: DoctorApi = {
    doctorRuns: history,
    runDoctor: () => {
      runs += 1;
      return examined.promise;
    },
    newId: () => {
      ids += 1;
      return `0198c0de-7000-7000-8000-${String(ids).padStart(12, '0')}`;
    },
    now: () => performance.now(),
    log: { warn: (data: unknown) => void warned.push(data) } as DoctorApi['log'],
    ...given,
  };
  return { deps, history, examined, warned, count: () => runs };
};

it('runs once for concurrent requests of any process, and returns its report to all', async () => {
  const { deps, examined, count } = setUp();
  const [first, second] = await Promise.all([
    requestDoctor(deps, {}, context),
    requestDoctor({ ...deps }, {}, context),
  ]);
  expect(second.id).toBe(first.id);
  expect(doctorAnswer(first, new Date())).toMatchObject({ state: 'RUNNING', endedAt: null, report: null });
  const joined = requestDoctor(deps, { wait: 5_000 }, context);
  examined.resolve(report);
  expect(doctorAnswer(await joined, new Date())).toMatchObject({
    ...{ runId: first.id, state: 'ENDED', requestId: 'request-1' },
    report: {
      verdict: 'ok',
      findings: [{ check: 'engine', area: 'engine', remedy: null, evidence: { nodes: ['a'] } }],
    },
  });
  expect(count()).toBe(1);
  expect(await readDoctor(deps, {}, context)).toMatchObject({ id: first.id, report: { verdict: 'ok' } });
  expect((await requestDoctor(deps, {}, context)).id).not.toBe(first.id);
  expect(count()).toBe(2);
});

it('answers with the open run once the wait is over', async () => {
  const { deps } = setUp();
  const run = await requestDoctor(deps, { wait: 300 }, context);
  expect(run.endedAt).toBeUndefined();
});

it('says that none has run, or that it is not kept', async () => {
  const { deps } = setUp();
  await expect(readDoctor(deps, {}, context)).rejects.toMatchObject({ code: 'DOCTOR_RUN_NOT_FOUND' });
  await expect(readDoctor(deps, { runId: 'x' }, context)).rejects.toMatchObject({ code: 'DOCTOR_RUN_NOT_FOUND' });
});

it('logs a report that could not be stored, and shows the run as abandoned later', async () => {
  const { deps, history, examined, warned } = setUp();
  const doctorRuns = { ...history, endDoctorRun: () => Promise.reject(new Error('away')) };
  const run = await requestDoctor({ ...deps, doctorRuns }, {}, context);
  examined.resolve(report);
  await expect.poll(() => warned.length).toBe(1);
  const later = new Date(run.until.getTime() + 1);
  expect(doctorAnswer(run, later).state).toBe('ABANDONED');
});
