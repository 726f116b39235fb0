import type { DoctorRun as Run } from '@tandem/history/ports/doctor.ts';
import { DoctorQuery, DoctorRequest, DoctorRun, DoctorRunQuery } from '@tandem/shared/contract/doctor.ts';
import { doctorAnswer } from '../doctor/doctor-answer.ts';
import { type DoctorApi, readDoctor, requestDoctor } from '../doctor/doctor-runs.ts';
import { type Answer, type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { ofHistory } from '../openapi/failure-groups.ts';

const running: DoctorRun = {
  runId: '019a9f10-6a1b-7c53-9c7e-3f2c1f0a7d44',
  state: 'RUNNING',
  requestedAt: '2026-11-22T01:10:00.000Z',
  actor: { kind: 'anonymous', address: '10.0.0.7' },
  requestId: 'before-the-upgrade',
  endedAt: null,
  report: null,
};

const ended: DoctorRun = {
  ...running,
  state: 'ENDED',
  endedAt: '2026-11-22T01:10:01.655Z',
  report: {
    startedAt: '2026-11-22T01:10:00.012Z',
    endedAt: '2026-11-22T01:10:01.604Z',
    verdict: 'fail',
    counts: { ok: 1, notKnown: 0, warn: 0, fail: 1 },
    findings: [
      {
        check: 'redis-eviction',
        area: 'redis',
        result: 'fail',
        summary: 'Redis evicts keys when its memory is full and would lose jobs (maxmemory-policy allkeys-lru).',
        remedy: 'Run CONFIG SET maxmemory-policy noeviction, and set it in redis.conf or at the managed service.',
        evidence: { policy: 'allkeys-lru' },
      },
      {
        check: 'repository-writable',
        area: 'repository',
        result: 'ok',
        summary: 'Written to and read from 3 nodes.',
        remedy: null,
        evidence: { name: 'optimize-backups', nodes: ['es-1', 'es-2', 'es-3'] },
      },
    ],
  },
};

const doctorDocs = {
  request: {
    id: 'requestDoctor',
    tag: 'Health',
    summary: 'Check everything that Tandem depends on',
    description:
      'The checks of `npm run doctor`, by the process that serves the request. If a run is open, in whatever process, it is returned. With `wait` the response is sent when it has ended, at most 70 s later. docs/doctor.md explains every check.',
    answers: {
      200: json('The run has ended.', DoctorRun, ended, 'Location'),
      202: json('The run has not ended.', DoctorRun, running, 'Location', 'Retry-After'),
    },
    failures: ofHistory,
    body: { wait: '1m' },
  },
  latest: {
    id: 'readLatestDoctorRun',
    tag: 'Health',
    summary: 'Get the last run of the doctor',
    description: 'With `wait` the response waits until it has ended. Runs of `npm run doctor` are not recorded.',
    answers: { 200: json('The run.', DoctorRun, ended) },
    failures: ['DOCTOR_RUN_NOT_FOUND', ...ofHistory],
  },
  read: {
    id: 'readDoctorRun',
    tag: 'Health',
    summary: 'Get a run of the doctor',
    description: 'With `wait` the response waits until it has ended. The last 20 are kept.',
    answers: { 200: json('The run.', DoctorRun, ended) },
    failures: ['DOCTOR_RUN_NOT_FOUND', ...ofHistory],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

const PATH = '/api/v1/doctor';

/** Runs of the doctor. */
export const doctorRoutes = (deps: DoctorApi): readonly Route[] => [
  route({
    method: 'post',
    path: PATH,
    docs: doctorDocs.request,
    input: DoctorRequest,
    handle: async (request, context) => accepted(await requestDoctor(deps, request, context)),
  }),
  route({
    method: 'get',
    path: PATH,
    query: true,
    docs: doctorDocs.latest,
    input: DoctorQuery,
    handle: async (query, context) => found(await readDoctor(deps, query, context)),
  }),
  route({
    method: 'get',
    path: `${PATH}/:runId`,
    query: true,
    docs: doctorDocs.read,
    input: DoctorRunQuery,
    handle: async (query, context) => found(await readDoctor(deps, query, context)),
  }),
];

const found = (run: Run): Answer => ({ status: 200, body: doctorAnswer(run, new Date()) });

const accepted = (run: Run): Answer => {
  const Location = `${PATH}/${run.id}`;
  const body = doctorAnswer(run, new Date());
  if (run.endedAt !== undefined) return { status: 200, headers: { Location }, body };
  return { status: 202, headers: { Location, 'Retry-After': '1' }, body };
};
