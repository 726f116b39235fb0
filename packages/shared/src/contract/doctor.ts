import { z } from 'zod';
import { DOCTOR_AREAS, DOCTOR_CHECKS, DOCTOR_RESULTS } from '../domain/doctor/finding.ts';
import { MAX_WAIT_MS } from './backups.ts';
import { count, operationId, requestId, time } from './fields.ts';
import { duration } from './lists.ts';
import { Actor } from './operations.ts';

/** Checks of everything that Tandem depends on, over REST: /api/v1/doctor. */

const wait = duration(MAX_WAIT_MS, 'How long the response may wait for its end.').optional();

export const DoctorRequest = z.strictObject({ wait });
export const DoctorQuery = z.strictObject({ wait });
export const DoctorRunQuery = z.strictObject({
  runId: z
    .uuid({ error: 'must be the id of a run' })
    .meta({ description: 'The id of the run.', example: '0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10' }),
  wait,
});

const evidence = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
  .meta({ description: 'What the result is based on; never a secret.', example: { policy: 'allkeys-lru' } });

const DoctorFinding = z
  .strictObject({
    check: z.enum(DOCTOR_CHECKS).meta({ description: 'The check; docs/doctor.md explains each.' }),
    area: z.enum(DOCTOR_AREAS).meta({ description: 'The part that it is about.' }),
    result: z.enum(DOCTOR_RESULTS).meta({
      description:
        '`ok`: nothing to do. `warn`: works, and should be fixed. `fail`: backups or restores fail. `notKnown`: could not be checked.',
    }),
    summary: z.string().meta({ description: 'What was found.', example: 'Redis evicts keys when its memory is full.' }),
    remedy: z.string().nullable().meta({ description: 'What to do. Null: nothing.', example: 'Set noeviction.' }),
    evidence,
  })
  .meta({ id: 'DoctorFinding', description: 'The result of one check.' });

const DoctorReport = z
  .strictObject({
    startedAt: time.meta({ description: 'When the checks began.' }),
    endedAt: time.meta({ description: 'When the last one ended.' }),
    verdict: z.enum(['ok', 'warn', 'fail']).meta({ description: 'The worst result; `notKnown` does not count.' }),
    counts: z
      .strictObject({
        ok: count.meta({ description: 'How many are ok.', example: 30 }),
        notKnown: count.meta({ description: 'How many could not be checked.', example: 0 }),
        warn: count.meta({ description: 'How many are warnings.', example: 1 }),
        fail: count.meta({ description: 'How many are failures.', example: 0 }),
      })
      .meta({ description: 'How many checks have which result.' }),
    findings: z.array(DoctorFinding).meta({ description: 'One for each check.' }),
  })
  .meta({ id: 'DoctorReport', description: 'What the checks found.' });
export type DoctorReport = z.infer<typeof DoctorReport>;

export const DoctorRun = z
  .strictObject({
    runId: operationId.meta({ description: 'The id of the run, a UUID.' }),
    state: z.enum(['RUNNING', 'ENDED', 'ABANDONED']).meta({
      description: 'How far it is. `ABANDONED`: its process ended before it did; request another.',
    }),
    requestedAt: time.meta({ description: 'When it was requested.' }),
    actor: Actor.meta({ description: 'Who requested it.' }),
    requestId,
    endedAt: time.nullable().meta({ description: 'When it ended. Null: it has not.' }),
    report: DoctorReport.nullable().meta({ description: 'What it found. Null: it has not ended.' }),
  })
  .meta({ id: 'DoctorRun', description: 'One run of all checks.' });
export type DoctorRun = z.infer<typeof DoctorRun>;
