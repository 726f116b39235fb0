import type { DoctorReport } from '@tandem/shared/domain/doctor/report.ts';
import type { DoctorRun as Row } from '../../generated/client.ts';
import type { DoctorHistory, DoctorRun } from '../../ports/doctor.ts';
import { storableJson } from '../../ports/storable.ts';
import { asDate } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { retryLostRace } from '../connection/retry-lost-race.ts';
import { answer, columns, isTrue, json, statement, type ValueOf } from '../sql/statement.ts';
import { stored } from '../sql/stored-rows.ts';

const r = columns<'DoctorRun'>('r');

/** A row `r` as one JSON value, read by `asRun`. */
const RUN_JSON = json({
  ...{ id: r.id, requestedAt: r.requestedAt, requestId: r.requestId, actor: r.actor, until: r.until },
  ...{ endedAt: r.endedAt, report: r.report },
});

type RunJson = ValueOf<typeof RUN_JSON>;

type WithTimes = Omit<RunJson, 'requestedAt' | 'until' | 'endedAt'> & {
  readonly requestedAt: string | Date;
  readonly until: string | Date;
  readonly endedAt: string | Date | null;
};

const asRun = (row: WithTimes): DoctorRun => ({
  id: row.id,
  requestedAt: new Date(row.requestedAt),
  requestId: row.requestId ?? undefined,
  actor: row.actor,
  until: new Date(row.until),
  endedAt: asDate(row.endedAt),
  report: row.report ?? undefined,
});

const asRead = (row: Row): DoctorRun => asRun(stored<'DoctorRun'>(row));

/** The row of an abandoned run becomes the new one; so does one of the future, since the clock was put back. */
const REQUEST = statement`
INSERT INTO doctor_run AS r (id, request_id, actor, until)
VALUES ($1::uuid, $2, $3::jsonb, now() + make_interval(secs => $4::float8 / 1000))
ON CONFLICT (open) DO UPDATE
SET id = excluded.id, requested_at = now(), request_id = excluded.request_id, actor = excluded.actor, until = excluded.until
WHERE r.until <= now() OR r.requested_at > now() + interval '1 minute'
RETURNING ${answer(RUN_JSON)}`;

const END = statement`
WITH ended AS (
  UPDATE doctor_run SET open = NULL, ended_at = now(), report = $2::jsonb WHERE id = $1::uuid AND open = true RETURNING id
), old AS (
  DELETE FROM doctor_run WHERE EXISTS (SELECT FROM ended) AND id IN (
    SELECT id FROM doctor_run WHERE ended_at IS NOT NULL ORDER BY ended_at DESC OFFSET $3::int
  )
)
SELECT ${answer(isTrue('true'))} FROM ended`;

const requestDoctorRun =
  (database: Database): DoctorHistory['requestDoctorRun'] =>
  async (id, { actor, requestId }, lastsMs) => {
    const request = async () => {
      const made = await database.ask(REQUEST, id, requestId ?? null, storableJson(actor), lastsMs);
      if (made) return asRun(made);
      const open = await database.models.doctorRun.findFirst({ where: { open: true } });
      return open === null ? undefined : asRead(open);
    };
    // the open one may end before it is read: then another may be opened
    const run = await retryLostRace(request);
    if (run) return run;
    throw new Error('No run of the doctor is open, and none could be opened.');
  };

const endDoctorRun =
  (database: Database): DoctorHistory['endDoctorRun'] =>
  async (id, report: DoctorReport, keep) =>
    (await database.ask(END, id, storableJson(report), keep)) === true;

const findDoctorRun =
  (database: Database): DoctorHistory['findDoctorRun'] =>
  async (id) => {
    const found =
      id === undefined
        ? await database.models.doctorRun.findFirst({ orderBy: { requestedAt: 'desc' } })
        : await database.models.doctorRun.findFirst({ where: { id } });
    return found === null ? undefined : asRead(found);
  };

export const doctorRuns = (database: Database): DoctorHistory => ({
  requestDoctorRun: requestDoctorRun(database),
  endDoctorRun: endDoctorRun(database),
  findDoctorRun: findDoctorRun(database),
});
