import type { DatabaseInspection, DoctorHistory, DoctorRun } from '../ports/doctor.ts';
import { methods } from './methods.ts';
import { after, stored, type Tables } from './tables.ts';

type Port = DoctorHistory & DatabaseInspection;
type Method<Name extends keyof Port> = (
  tables: Tables,
  ...command: Parameters<Port[Name]>
) => Awaited<ReturnType<Port[Name]>>;

const isOpen = ({ endedAt }: DoctorRun): boolean => endedAt === undefined;

const replaceAll = ({ doctorRuns }: Tables, runs: readonly DoctorRun[]): void => {
  doctorRuns.splice(0, doctorRuns.length, ...runs);
};

const requestDoctorRun: Method<'requestDoctorRun'> = (tables, id, { actor, requestId }, lastsMs) => {
  const now = tables.now();
  const standing = tables.doctorRuns.find(isOpen);
  if (standing !== undefined && standing.until > now && standing.requestedAt <= after(now, 60_000)) return standing;
  const run = { id, requestedAt: now, requestId, actor, until: after(now, lastsMs), endedAt: undefined };
  const made: DoctorRun = { ...run, report: undefined };
  replaceAll(tables, [...tables.doctorRuns.filter((one) => !isOpen(one)), made]);
  return made;
};

const endDoctorRun: Method<'endDoctorRun'> = (tables, id, report, keep) => {
  const open = tables.doctorRuns.find((run) => run.id === id && isOpen(run));
  if (open === undefined) return false;
  const before = tables.doctorRuns.filter((run) => !isOpen(run)).slice(-keep);
  replaceAll(tables, [...before, { ...open, endedAt: tables.now(), report: stored(report) }]);
  return true;
};

const findDoctorRun: Method<'findDoctorRun'> = ({ doctorRuns }, id) =>
  id === undefined ? doctorRuns.at(-1) : doctorRuns.find((run) => run.id === id);

/** A healthy one. */
const inspectDatabase: Method<'inspectDatabase'> = (tables) => ({
  ...{ version: '18.4', major: 18, role: 'tandem', isSuperuser: false, ownsTables: false },
  ...{ readOnly: false, inRecovery: false, timeZone: 'UTC', clock: tables.now() },
  ...{ missingMigrations: [], newerMigrations: [], lackingRights: [] },
});

export const doctor = (tables: Tables): Port =>
  methods(tables, { requestDoctorRun, endDoctorRun, findDoctorRun, inspectDatabase });
