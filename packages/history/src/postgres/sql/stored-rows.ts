import type {
  BackupOrigin,
  BackupRecord,
  BackupState,
  FailedRehearsal,
  Location,
  PartDrift,
  PartRecord,
  PartState,
  Proof,
  RepositoryCheck,
} from '@tandem/shared/domain/backup/backup.ts';
import type { Labels } from '@tandem/shared/domain/backup/hold.ts';
import type { DoctorReport } from '@tandem/shared/domain/doctor/report.ts';
import type { ErrorClass } from '@tandem/shared/domain/failure/failure-definition.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { Actor, EventKind, EventSource } from '@tandem/shared/domain/history/event.ts';
import type { Role } from '@tandem/shared/domain/identity/role.ts';
import type { AttemptTrigger, OperationKind, OperationState } from '@tandem/shared/domain/operation/operation.ts';
import type { ReconciliationTrigger } from '@tandem/shared/domain/reconciliation/reconciliation.ts';
import type { SettingsCompared } from '@tandem/shared/domain/repository/repository-identity.ts';
import type { VerificationResult } from '@tandem/shared/domain/repository/verification.ts';
import type {
  ApiKey,
  Attempt,
  Backup,
  ChangedRepository,
  DoctorRun,
  Event,
  IdempotencyKey,
  IndexList,
  Operation,
  Part,
  Reconciliation,
  RepositoryVerification,
  RestorePlan,
} from '../../generated/client.ts';
import type { Json } from './json-value.ts';

/** Rows as Prisma generates them from the schema. */
type Models = {
  ApiKey: ApiKey;
  Attempt: Attempt;
  Backup: Backup;
  ChangedRepository: ChangedRepository;
  DoctorRun: DoctorRun;
  Event: Event;
  IdempotencyKey: IdempotencyKey;
  IndexList: IndexList;
  Operation: Operation;
  Part: Part;
  Reconciliation: Reconciliation;
  RepositoryVerification: RepositoryVerification;
  RestorePlan: RestorePlan;
};

/** Does not compile where a name is no column of the schema. */
type Checked<Names extends Columns<Names>> = Names;
type Columns<Names> = {
  [Model in keyof Names]: Model extends StoredModel
    ? { [Column in keyof Names[Model]]: Column extends keyof Models[Model] ? unknown : never }
    : never;
};

/** What the schema calls String or Json, and the domain knows more of. */
type Known = Checked<{
  ApiKey: { role: Role; createdBy: Actor };
  Attempt: { trigger: AttemptTrigger; actor: Actor; errorClass: ErrorClass | null; reason: Reason | null };
  Backup: {
    origin: BackupOrigin;
    state: BackupState;
    requestedBy: Actor;
    failure: Reason | null;
    proof: Proof | null;
    partialProof: Proof | null;
    doubt: FailedRehearsal | null;
    labels: Labels | null;
    repositoryCheck: RepositoryCheck | null;
    ownership: NonNullable<BackupRecord['ownership']> | null;
  };
  ChangedRepository: { location: Json<Location>; settings: SettingsCompared };
  DoctorRun: { actor: Actor; report: DoctorReport | null };
  Event: { kind: EventKind; actor: Actor; source: EventSource };
  IdempotencyKey: { answer: unknown };
  IndexList: Record<never, never>;
  Operation: {
    kind: OperationKind;
    state: OperationState;
    actor: Actor;
    trigger: AttemptTrigger;
    errorClass: ErrorClass | null;
    failure: Reason | null;
    suspension: Reason | null;
    detail: Readonly<Record<string, unknown>>;
  };
  Part: { state: PartState; failures: PartRecord['failures']; drift: PartDrift['is'] | null };
  Reconciliation: { trigger: ReconciliationTrigger; actor: Actor; result: object | null };
  RepositoryVerification: { result: VerificationResult };
  RestorePlan: Record<never, never>;
}>;

export type StoredModel = keyof Models;

/** A row as it is stored: columns and nullability by the schema, their values by the domain. */
export type Stored<Model extends StoredModel> = {
  readonly [Column in keyof Models[Model]]: Column extends keyof Known[Model]
    ? Known[Model][Column]
    : Models[Model][Column];
};

/** What Prisma's client read, with what the domain knows of it. */
export const stored = <Model extends StoredModel>(row: Models[Model]): Stored<Model> => row as unknown as Stored<Model>;
