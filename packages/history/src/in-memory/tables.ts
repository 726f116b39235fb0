import type { Seal } from '@tandem/shared/contract/seals.ts';
import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import { livingHold } from '@tandem/shared/domain/backup/hold.ts';
import type { ErrorClass } from '@tandem/shared/domain/failure/failure-definition.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import type {
  AttemptTrigger,
  DeletionSummary,
  LastError,
  OperationKind,
  OperationState,
  Suspension,
} from '@tandem/shared/domain/operation/operation.ts';
import { isActive, isOpen as isOpenState } from '@tandem/shared/domain/operation/operation-state.ts';
import { transitions } from '@tandem/shared/domain/operation/transitions.ts';
import type { ApiKeyRecord, KeyMaterial } from '../ports/api-keys.ts';
import type { DoctorRun } from '../ports/doctor.ts';
import type { StoredEvent } from '../ports/events.ts';
import type { DueOperation } from '../ports/ledger.ts';
import type { AttemptRecord } from '../ports/operations.ts';
import type { StoredPlan } from '../ports/plans.ts';
import type { ReconciliationRecord } from '../ports/reconciliation.ts';
import type { ChangedRepository, RepositoryVerification } from '../ports/repositories.ts';
import type { Rollback } from '../ports/rollback.ts';
import { storableJson } from '../ports/storable.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A record without its create operation, which is looked up when it is read. */
export type BackupRow = Writable<Omit<BackupRecord, 'create'>> & { readonly requestedBy: Actor };

export type OperationRow = {
  readonly id: string;
  readonly position: number;
  readonly backup: BackupRow;
  readonly kind: OperationKind;
  readonly lane: string;
  /** The cluster that a restore writes to. */
  readonly restoreCluster: string | undefined;
  readonly requestedAt: Date;
  readonly requestId: string | undefined;
  readonly actor: Actor;
  state: OperationState;
  revision: number;
  createSlot: number | undefined;
  leaseUntil: Date | undefined;
  leaseMs: number;
  nextTickAt: Date;
  /** How long before `nextTickAt` that was written. */
  waitMs: number;
  endedAt: Date | undefined;
  trigger: AttemptTrigger;
  detail: Readonly<Record<string, unknown>>;
  attempts: number;
  failedTries: number;
  failingSince: Date | undefined;
  errorClass: ErrorClass | undefined;
  failure: Reason | undefined;
  /** Its last attempt, where that failed. */
  lastFailed: Omit<LastError, 'errorClass'> | undefined;
  /** While it is SUSPENDED. */
  suspension: Suspension | undefined;
  waitingFor: string | undefined;
};

type StoredAttempt = AttemptRecord & { readonly operationId: string };

/** With what only exports tell. */
export type EventRow = StoredEvent & {
  readonly backupKey: string | undefined;
  readonly operationId: string | undefined;
};

export type KeyRow = {
  readonly bodyDigest: string;
  readonly claimedAt: Date;
  readonly expiresAt: Date;
  /** Undefined: there is none yet. */
  readonly answered: { readonly answer: unknown } | undefined;
};

export type ApiKeyRow = Writable<Omit<ApiKeyRecord, 'state'>> & Pick<KeyMaterial, 'digest'> & { holdsName: boolean };

export type Tables = {
  readonly now: () => Date;
  readonly backups: BackupRow[];
  readonly operations: Map<string, OperationRow>;
  readonly events: EventRow[];
  readonly attempts: StoredAttempt[];
  readonly keys: Map<string, KeyRow>;
  /** By id, oldest first. */
  readonly apiKeys: Map<string, ApiKeyRow>;
  readonly leases: Map<string, { readonly holder: string; readonly until: Date; readonly leaseMs: number }>;
  readonly reconciliations: ReconciliationRecord[];
  readonly seals: Seal[];
  /** Oldest first. */
  readonly doctorRuns: DoctorRun[];
  /** By lane. */
  readonly changedRepositories: Map<string, ChangedRepository>;
  /** By lane. */
  readonly verifications: Map<string, RepositoryVerification>;
  /** Which history this is; the epoch is counted. */
  readonly line: { readonly historyId: string; epoch: number; heartbeatAt: Date; rollback: Rollback | undefined };
  /** By digest. */
  readonly contents: Map<string, Uint8Array>;
  /** By hash. */
  readonly plans: Map<string, StoredPlan>;
};

const HISTORY_ID = '00000000-0000-4000-9000-000000000001';

export const newTables = (now: () => Date): Tables => ({
  now: () => new Date(now()),
  backups: [],
  operations: new Map(),
  events: [],
  attempts: [],
  keys: new Map(),
  apiKeys: new Map(),
  leases: new Map(),
  reconciliations: [],
  seals: [],
  doctorRuns: [],
  changedRepositories: new Map(),
  verifications: new Map(),
  line: { historyId: HISTORY_ID, epoch: 1, heartbeatAt: new Date(now()), rollback: undefined },
  contents: new Map(),
  plans: new Map(),
});

/** Clocks of a server are not that exact. */
export const CLOCK_SLACK_MS = 1_000;

export const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

export const hasPassed = (time: Date | undefined, now: Date): boolean =>
  time !== undefined && time <= after(now, CLOCK_SLACK_MS);

/** As it comes back from a database: a copy, without what JSON cannot say. */
export const stored = <T>(value: T): T => JSON.parse(storableJson(value));

/** Opens an operation, due now. */
export const addOperation = (
  tables: Tables,
  given: Pick<OperationRow, 'id' | 'backup' | 'kind' | 'lane' | 'requestId' | 'actor'> &
    Partial<Pick<OperationRow, 'detail' | 'restoreCluster'>>,
): DueOperation => {
  if (tables.operations.has(given.id)) throw new Error(`Operation ${given.id} is there already.`);
  const at = tables.now();
  tables.operations.set(given.id, {
    detail: {},
    restoreCluster: undefined,
    ...given,
    position: tables.operations.size + 1,
    requestedAt: at,
    state: transitions.accept.to,
    revision: 1,
    createSlot: undefined,
    leaseUntil: undefined,
    leaseMs: 0,
    nextTickAt: at,
    waitMs: 0,
    endedAt: undefined,
    trigger: 'request',
    attempts: 0,
    failedTries: 0,
    failingSince: undefined,
    errorClass: undefined,
    failure: undefined,
    lastFailed: undefined,
    suspension: undefined,
    waitingFor: undefined,
  });
  return { operationId: given.id, revision: 1 };
};

export const openOperations = (tables: Tables): readonly OperationRow[] =>
  [...tables.operations.values()].filter(isOpen);

export const openOf = (tables: Tables, backup: BackupRow): OperationRow | undefined =>
  openOperations(tables).find((operation) => operation.backup === backup);

/** Those that workers carry out: without the suspended ones. */
export const activeOperations = (tables: Tables): readonly OperationRow[] =>
  [...tables.operations.values()].filter(({ state }) => isActive(state));

/** Why the last attempt of an open operation failed. */
export const lastErrorOf = (operation: OperationRow): LastError | undefined => {
  const { errorClass, lastFailed, suspension } = operation;
  if (!isOpen(operation) || errorClass === undefined || lastFailed === undefined) return undefined;
  return { errorClass, ...lastFailed, ...(suspension === undefined ? {} : { nextAttemptAt: undefined }) };
};

export const isOpen = ({ state }: OperationRow): boolean => isOpenState(state);

/** Nobody holds a living lease on it. */
export const isFree = ({ leaseUntil }: OperationRow, now: Date): boolean =>
  leaseUntil === undefined || leaseUntil <= now;

/** It is due further ahead than it was to wait when that was written: the clock was put back since. */
export const isTooFarAhead = ({ nextTickAt, waitMs }: OperationRow, now: Date): boolean =>
  nextTickAt > after(now, waitMs + CLOCK_SLACK_MS);

/** A copy: what is handed out does not change with the tables. */
export const asRecord = (tables: Tables, row: BackupRow): BackupRecord => {
  const create = lastOf(tables, row, 'create');
  const { requestedBy: _, ...record } = row;
  const open = openOf(tables, row);
  const deletion = open?.kind === 'delete' ? open : lastOf(tables, row, 'delete');
  return {
    ...record,
    hold: livingHold(row.hold, tables.now()),
    create: create && { operationId: create.id, state: create.state, revision: create.revision },
    suspended: open?.state === 'SUSPENDED' ? { operationId: open.id, kind: open.kind } : undefined,
    deletion: deletion && asDeletion(deletion),
    lastError: open && (open.kind === 'create' || open.kind === 'delete') ? lastErrorOf(open) : undefined,
  };
};

const lastOf = (tables: Tables, row: BackupRow, kind: OperationKind): OperationRow | undefined =>
  [...tables.operations.values()].filter((one) => one.backup === row && one.kind === kind).at(-1);

export const asDeletion = ({ id: operationId, state, detail }: OperationRow): DeletionSummary => ({
  ...{ operationId, state },
  onlyUnfinished: detail.onlyUnfinished === true,
  keepsBackup: detail.keepBackup === true,
});
