import { backupId } from '../../example-story.ts';
import type { FailureDefinition } from '../failure-definition.ts';

/** PostgreSQL, and what is asked of the history in it. */
export const historyFailures = {
  HISTORY_UNREACHABLE: {
    failureClass: null,
    http: { status: 503, fault: 'server' },
    title: 'The backup history (PostgreSQL) cannot be reached.',
    example: {
      message:
        'PostgreSQL cannot be reached: connect ECONNREFUSED 10.0.0.9:5432. Check that it runs, and host and port in DATABASE_URL.',
      data: { cause: 'ECONNREFUSED' },
    },
    remedy: 'Fix what the message reports of PostgreSQL, then send the request again.',
  },
  OUTCOME_UNKNOWN: {
    failureClass: null,
    http: { status: 504, fault: 'server' },
    title: 'It is unknown whether the request was accepted.',
    example: {
      message: `It is unknown whether the request was accepted: it was sent to PostgreSQL, which did not confirm it. Wait until readiness is UP, then send GET /api/v1/backups/${backupId}; before that, 404 does not mean that it was refused. PostgreSQL: PostgreSQL took a statement and did not answer it (Connection terminated unexpectedly). Look for what blocks it: a synchronous standby that is gone, a lock, a full disk, the network.`,
      data: { seenAt: `/api/v1/backups/${backupId}` },
    },
    remedy: 'Wait until readiness is UP, then read the path in seenAt.',
  },
  VALUE_REFUSED: {
    failureClass: 'terminal',
    http: { status: 422, fault: 'server' },
    title: 'PostgreSQL refuses a value of the request.',
    example: {
      message:
        'PostgreSQL answers: character with byte sequence 0xf0 0x9f 0x98 0x80 in encoding "UTF8" has no equivalent in encoding "LATIN1" (SQLSTATE 22P05). It cannot store a value of this request: check that the database is UTF8, and send what it can take.',
      data: { cause: '22P05' },
    },
    remedy: 'Check that the encoding of the database is UTF8, and change the value.',
  },
  QUERY_TOO_LONG: {
    failureClass: null,
    http: { status: 422, fault: 'client' },
    title: 'The search takes too long.',
    example: {
      message:
        'The search took longer than DATABASE_SEARCH_TIMEOUT allows and was ended. Ask for a shorter time, or for an id.',
    },
    remedy: 'Search a shorter range of time, or by id.',
  },
  EXPORTS_BUSY: {
    failureClass: null,
    http: { status: 503, fault: 'server' },
    title: 'Too many exports are running.',
    example: {
      message: '4 exports are running, which is the maximum: try again when one has ended.',
      data: { max: 4 },
    },
    remedy: 'Try again when an export has ended.',
  },
  DOCTOR_RUN_NOT_FOUND: {
    failureClass: null,
    http: { status: 404, fault: 'client' },
    title: 'There is no run of the doctor with that id.',
    example: {
      message: 'The doctor has not run yet: request a run with POST /api/v1/doctor.',
      data: { runId: null },
    },
    remedy: 'Request one with POST /api/v1/doctor.',
  },
  RECONCILIATION_NOT_FOUND: {
    failureClass: null,
    http: { status: 404, fault: 'client' },
    title: 'There is no reconciliation with that id.',
    example: {
      message: 'No reconciliation has run yet: request one with POST /api/v1/history/reconcile.',
      data: { reconciliationId: null },
    },
    remedy: 'Request one with POST /api/v1/history/reconcile.',
  },
  HISTORY_NOT_ROLLED_BACK: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'No rollback is open.',
    example: { message: 'No rollback of the history is open: there is nothing to acknowledge.' },
    remedy: 'Nothing: there is no rollback to acknowledge.',
  },
} as const satisfies Readonly<Record<string, FailureDefinition>>;
