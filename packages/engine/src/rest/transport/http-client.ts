import type { EngineSettings } from '../../connected-engine.ts';

export type EngineRequest = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Segments, not encoded; a list becomes one segment joined by commas. */
  readonly path: readonly (string | readonly string[])[];
  readonly query?: Readonly<Record<string, string | boolean>>;
  readonly body?: object;
  /** Statuses whose body is an answer, not an error. */
  readonly ignore?: readonly number[];
};

/** A request as a vendor's client takes it; the path is encoded. */
export type WireRequest = Pick<EngineRequest, 'method' | 'query' | 'body'> & {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Aborts the request. The client's own request timeout would abort all requests that share the signal. */
  readonly signal: AbortSignal;
};

export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** A text where it is no JSON. */
  readonly body: unknown;
};

/** The connections of a vendor's client to one address. */
export type HttpClient = {
  /** Sends once; resolves with every status. Rejects with NotConnected, TimedOut, ReplyInvalid, or an unexpected error. */
  send(request: WireRequest): Promise<Reply>;
  close(): Promise<void>;
};

export type ClientSettings = Pick<EngineSettings, 'aws' | 'caCertificate' | 'requestTimeoutMs' | 'maxSockets'>;

/** Throws a TypeError for a URL that does not parse. Connects with the first request. */
export type HttpClientFactory = (url: string, settings: ClientSettings) => HttpClient;

export const DEFAULT_SOCKETS = 16;
/** A longer reply is rejected. */
export const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** The server may close a socket that idles longer than this while a write is in flight. */
export const KEEP_ALIVE_MS = 20_000;

/** A body that does not parse stays a text: from status 400 on the status decides, otherwise the reader of the reply rejects it. */
export const jsonOrText = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** No connection, or one that broke before the reply was complete. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
}

/** The client's own limit, not the deadline of a call. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/** There are no credentials that a request could be signed with. */
export class NoCredentials extends Error {
  override readonly name = 'NoCredentials';
}
