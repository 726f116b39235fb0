import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { ApiError } from '../api-error.ts';
import type { TandemClient } from '../client.ts';
import type { components } from '../generated/api.ts';
import { delay } from '../transport/delay.ts';
import { AWAY_MS, mayPass } from './patience.ts';

export type BackupEvent = components['schemas']['Event'];

export type EventsOptions = {
  /** The id of an event: those after it. Undefined: all. */
  readonly after?: string;
  /** Ends the stream; it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** After this long without a byte the connection counts as broken. The server sends a comment every 15 s. */
  readonly silentMs?: number;
  /** Pause before the connection is made again. */
  readonly reconnectMs?: number;
  /** How long Tandem may be away. Default: 5 min. */
  readonly awayMs?: number;
};

const SILENT_MS = 45_000;
const RECONNECT_MS = 2_000;

/**
 * The events of a backup, oldest first, and each new one as it happens, without end: leave the loop, or abort the signal. A broken connection is made
 * again and continues after the last event. Rejects with what Tandem refuses, such as an ApiError with BACKUP_NOT_FOUND.
 */
export async function* backupEvents(
  client: Pick<TandemClient, 'api'>,
  backupId: string,
  { after, signal, silentMs = SILENT_MS, reconnectMs = RECONNECT_MS, awayMs = AWAY_MS }: EventsOptions = {},
): AsyncGenerator<BackupEvent, never, undefined> {
  let last = after;
  let seenAt = performance.now();
  for (;;) {
    try {
      for await (const messages of connection(client, backupId, { last, signal, silentMs })) {
        seenAt = performance.now();
        for (const { id, data } of messages) {
          last = id ?? last;
          yield JSON.parse(data) as BackupEvent;
        }
      }
    } catch (error) {
      signal?.throwIfAborted();
      const isFinal = error instanceof ApiError && !mayPass(error);
      if (isFinal || performance.now() - seenAt > awayMs) throw error;
    }
    await delay(reconnectMs, signal);
  }
}

type Connection = {
  readonly last: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly silentMs: number;
};

/** What each piece of one connection brings: often nothing but a comment. */
async function* connection(
  { api }: Pick<TandemClient, 'api'>,
  backupId: string,
  { last, signal, silentMs }: Connection,
): AsyncGenerator<readonly EventSourceMessage[]> {
  const closing = new AbortController();
  const either = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
  const header = { Accept: 'text/event-stream', ...(last !== undefined && { 'Last-Event-ID': last }) };
  try {
    const { data } = await api.GET('/api/v1/backups/{backupId}/events', {
      params: { path: { backupId }, query: { stream: 'true' }, header },
      ...{ parseAs: 'stream', signal: either },
    });
    if (data) yield* messagesOf(data, silentMs);
  } finally {
    closing.abort();
  }
}

async function* messagesOf(
  body: ReadableStream<Uint8Array>,
  silentMs: number,
): AsyncGenerator<readonly EventSourceMessage[]> {
  let messages: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => messages.push(message) });
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await within(silentMs, reader.read());
    if (done) return;
    parser.feed(value);
    yield messages;
    messages = [];
  }
}

const within = async <Value>(ms: number, promise: Promise<Value>): Promise<Value> => {
  const timer = new AbortController();
  const silent = delay(ms, timer.signal).then(() => Promise.reject(new Error(`No byte within ${ms} ms.`)));
  // whichever comes second is of no interest
  silent.catch(() => undefined);
  promise.catch(() => undefined);
  return Promise.race([promise, silent]).finally(() => timer.abort());
};
