import type { DoctorHistory, DoctorRun } from '@tandem/history/ports/doctor.ts';
import { DOCTOR_LASTS_MS } from '@tandem/planning/doctor/run-doctor.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { DoctorReport } from '@tandem/shared/domain/doctor/report.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { RequestContext } from '../http/route.ts';
import { untilEnded } from '../http/until-ended.ts';

export type DoctorApi = {
  readonly doctorRuns: DoctorHistory;
  /** Never rejects. */
  readonly runDoctor: () => Promise<DoctorReport>;
  readonly newId: () => string;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly log: Pick<Logger, 'warn'>;
};

type Waiting = { readonly wait?: number | undefined };

/** Also the time in which the report is stored. */
const LASTS_MS = DOCTOR_LASTS_MS + 15_000;
/** How many runs are kept in addition to the last one. */
const KEPT = 20;

/** Starts a run, or joins the one that is open in any process. HISTORY_UNREACHABLE. */
export const requestDoctor = async (
  deps: DoctorApi,
  { wait }: Waiting,
  { actor, requestId, signal }: RequestContext,
): Promise<DoctorRun> => {
  const id = deps.newId();
  const run = await deps.doctorRuns.requestDoctorRun(id, { actor, requestId }, LASTS_MS);
  // no request waits for it: clients may disconnect
  if (run.id === id) void carryOut(deps, id);
  return waited(deps, run, wait, signal);
};

const carryOut = async ({ doctorRuns, runDoctor, log }: DoctorApi, id: string): Promise<void> => {
  try {
    await doctorRuns.endDoctorRun(id, await runDoctor(), KEPT);
  } catch (error) {
    log.warn({ err: error, runId: id }, 'report of the doctor not stored');
  }
};

/** Without an id the last one. DOCTOR_RUN_NOT_FOUND, HISTORY_UNREACHABLE. */
export const readDoctor = async (
  deps: DoctorApi,
  { runId, wait }: Waiting & { readonly runId?: string },
  { signal }: RequestContext,
): Promise<DoctorRun> => {
  const found = await deps.doctorRuns.findDoctorRun(runId);
  if (found !== undefined) return waited(deps, found, wait, signal);
  throw fail(
    'DOCTOR_RUN_NOT_FOUND',
    runId === undefined
      ? 'The doctor has not run yet: request a run with POST /api/v1/doctor.'
      : `No run of the doctor has the id ${runId}. Only the last ones are kept.`,
    { runId: runId ?? null },
  );
};

const waited = (
  { doctorRuns, now }: DoctorApi,
  run: DoctorRun,
  waitMs: number | undefined,
  signal: AbortSignal,
): Promise<DoctorRun> => untilEnded(run, { readAgain: () => doctorRuns.findDoctorRun(run.id), waitMs, signal, now });
