import type { EventHistory, StoredEvent } from '@tandem/history/ports/events.ts';
import { shownPayload } from '@tandem/shared/domain/history/shown-payload.ts';
import { shownEventKind } from '@tandem/shared/domain/history/stored-names.ts';
import type { ChangeHub } from './change-hub.ts';

export type EventStream = {
  readonly history: Pick<EventHistory, 'eventsAfter'>;
  readonly hub: ChangeHub;
  /** After this long without an event a comment is sent, so that proxies keep the connection open. */
  readonly heartbeatMs: number;
};

const AT_ONCE = 500;

/** Server-sent events of a backup: those after `lastEventId`, then each new one, until the signal is aborted and the remaining ones are sent. */
export async function* eventStream(
  { history, hub, heartbeatMs }: EventStream,
  backupId: string,
  lastEventId: string,
  signal: AbortSignal,
): AsyncIterable<string> {
  let last = lastEventId;
  yield 'retry: 2000\n\n';
  for (;;) {
    const events = await history.eventsAfter(backupId, last, AT_ONCE);
    for (const event of events) yield asText(event);
    last = events.at(-1)?.id ?? last;
    if (events.length === AT_ONCE) continue;
    if (signal.aborted) return;
    const revision = await hub.until(backupId, ({ lastEventId: newest }) => BigInt(newest) > BigInt(last), {
      withinMs: heartbeatMs,
      signal,
    });
    if (revision === undefined || BigInt(revision.lastEventId) <= BigInt(last)) yield ': still here\n\n';
  }
}

export const eventAnswer = ({
  id,
  at,
  backupId,
  kind,
  actor,
  source,
  reason,
  requestId,
  before,
  after,
}: StoredEvent) => ({
  id,
  at: at.toISOString(),
  backupId: backupId ?? null,
  kind: shownEventKind(kind),
  actor,
  source,
  reason: reason ?? null,
  requestId: requestId ?? null,
  before: shownPayload(before) ?? null,
  after: shownPayload(after) ?? null,
});

const asText = (event: StoredEvent): string =>
  `id: ${event.id}\nevent: ${shownEventKind(event.kind)}\ndata: ${JSON.stringify(eventAnswer(event))}\n\n`;
