/**
 * Who did it, as recorded for ever. Never taken from a header that the caller may write as it likes. `id` is what stays the same while names
 * change: the key's id, the token's subject, the certificate's subject. `address` is where the request came from.
 */
export type Actor =
  | { readonly kind: 'anonymous'; readonly address: string }
  | { readonly kind: 'api-key'; readonly id: string; readonly name: string; readonly address: string }
  | {
      readonly kind: 'oidc';
      readonly id: string;
      readonly name: string;
      readonly issuer: string;
      readonly address: string;
    }
  | { readonly kind: 'certificate'; readonly id: string; readonly name: string; readonly address: string }
  | { readonly kind: 'system'; readonly name: string };

/** The name or the address of an actor, as messages and filters use it. */
export const actorName = (actor: Actor): string => (actor.kind === 'anonymous' ? actor.address : actor.name);

export const EVENT_SOURCES = ['api', 'worker', 'sweep', 'schedule', 'command'] as const;
export type EventSource = (typeof EVENT_SOURCES)[number];

export const EVENT_KINDS = [
  'backup.requested',
  'backup.refused',
  'backup.discovered',
  'backup.completed',
  'backup.failed',
  'backup.cancelled',
  'backup.state-changed',
  'backup.delete-requested',
  'backup.deleted',
  'backup.labelled',
  'backup.held',
  'backup.released',
  'operation.retried',
  'operation.cancelled',
  'operation.suspended',
  'operation.released',
  'clock.put-back',
  'part.deleted',
  'snapshot.removing',
  'snapshot.removed',
  'plan.changed',
  'ownership.changed',
  'part.starting',
  'part.adopted',
  'part.succeeded',
  'part.failed',
  'part.vanished',
  'attempt.failed',
  'restore.requested',
  'restore.step',
  'restore.rolled-back',
  'restore.stop-requested',
  'restore.completed',
  'restore.failed',
  'restore.cancelled',
  'rehearsal.requested',
  'rehearsal.step',
  'rehearsal.stop-requested',
  'rehearsal.completed',
  'rehearsal.failed',
  'rehearsal.cancelled',
  'index.removing',
  'index.removed',
  'index.late',
  'drift.vanished',
  'drift.replaced',
  'drift.foreign',
  'drift.returned',
  'reconcile.requested',
  'repository.registering',
  'repository.registered',
  'repository.register-failed',
  'repository.verified',
  'repository.changed',
  'repository.accepted',
  'repository.returned',
  'history.rolled-back',
  'history.rollback-acknowledged',
  'redis.adopted',
  'access.denied',
  'key.created',
  'key.adopted',
  'key.rotated',
  'key.revoked',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** One line of the history. `at` and the order are the database's. */
export type NewEvent = {
  readonly kind: EventKind;
  readonly actor: Actor;
  readonly source: EventSource;
  readonly reason?: string;
  readonly requestId?: string;
  readonly before?: unknown;
  readonly after?: unknown;
};
