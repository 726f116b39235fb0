import type { DatabaseFacts } from '@tandem/shared/domain/doctor/facts.ts';
import type { DoctorReport } from '@tandem/shared/domain/doctor/report.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';

/* Runs of the doctor, and what it reads of the database itself. The same promises as in history.ts: HISTORY_UNREACHABLE. */

/** One run of the doctor. Open until `endedAt`. */
export type DoctorRun = {
  readonly id: string;
  readonly requestedAt: Date;
  readonly requestId: string | undefined;
  readonly actor: Actor;
  /** An open run counts as abandoned after this: its process has died. */
  readonly until: Date;
  readonly endedAt: Date | undefined;
  /** Undefined: it has not ended. */
  readonly report: DoctorReport | undefined;
};

export interface DoctorHistory {
  /**
   * Opens a run that lasts at most `lastsMs`, or returns the one that is open: however many processes ask at once, one is open. An abandoned
   * one is replaced, and no longer found. The caller carries the run out if it has the given id.
   */
  requestDoctorRun(
    id: string,
    request: { readonly actor: Actor; readonly requestId?: string | undefined },
    lastsMs: number,
  ): Promise<DoctorRun>;

  /** Ends an open run. Removes all but the last `keep` that ended before. False, with nothing written: it is not open. */
  endDoctorRun(id: string, report: DoctorReport, keep: number): Promise<boolean>;

  /** The one of that id; without an id the last requested one. Undefined: there is none. */
  findDoctorRun(id: string | undefined): Promise<DoctorRun | undefined>;
}

export interface DatabaseInspection {
  /** Version, role, rights, migrations and clock of the database. Needs no migration to have been applied; reads only. */
  inspectDatabase(): Promise<DatabaseFacts>;
}
