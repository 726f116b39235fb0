import type { Actor, EventKind, EventSource } from '@tandem/shared/domain/history/event.ts';

export type StoredEvent = {
  readonly id: string;
  readonly at: Date;
  readonly backupId: string | undefined;
  readonly kind: EventKind;
  readonly actor: Actor;
  readonly source: EventSource;
  readonly reason: string | undefined;
  readonly requestId: string | undefined;
  readonly before: unknown;
  readonly after: unknown;
};

/** Who asks, and why; written into the events. */
export type Asked = {
  readonly actor: Actor;
  readonly reason: string | undefined;
  readonly requestId: string | undefined;
};
