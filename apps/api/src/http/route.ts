import type { Failure } from '@tandem/shared/domain/failure/failure.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import type { Role } from '@tandem/shared/domain/identity/role.ts';
import type { z } from 'zod';
import type { RouteDocs } from './route-docs.ts';

/** What a handler knows about its request. */
export type RequestContext = {
  readonly requestId: string;
  readonly actor: Actor;
  /** The role that was granted to the actor. Routes have their own in identity/access.ts. */
  readonly role: Role;
  /** Of the request, such as 1.1. Undefined: not known. */
  readonly httpVersion?: string;
  /** As sent; undefined: absent. */
  readonly idempotencyKey: string | undefined;
  /** What the pages for browsers need. Undefined: not a request of a browser. */
  readonly browser?: BrowserRequest;
  /** The last event that the client of a stream received. */
  readonly lastEventId: string | undefined;
  /** Aborted when the client may have disconnected or the process stops: waiting handlers return the current state then. */
  readonly signal: AbortSignal;
  /** As `signal`, but not aborted by a client that half-closed the connection and may still read. Undefined: half-close is impossible. */
  readonly over?: AbortSignal;
};

export type BrowserRequest = {
  /** The header `cookie`. */
  readonly cookie: string | undefined;
  /** Scheme, host and port as the client used them; behind a trusted proxy, as the proxy reports them. */
  readonly origin: string;
};

export type Answer = {
  readonly status: number;
  /** JSON, unless `contentType` is set: then the text of that type. */
  readonly body: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** Why a page refuses its caller: it counts as if the handler had thrown it. */
  readonly refusal?: Failure;
  /** Code and ids for the log line of the response. */
  readonly logged?: { readonly code?: string; readonly backupId?: string; readonly operationId?: string };
  /** Instead of a body: chunks of text, until the source ends or the client disconnects. */
  readonly stream?: AsyncIterable<string>;
  /** For a stream that is a file: it is compressed if the client accepts that, and aborted if the client reads nothing for this long. */
  readonly stalledMs?: number;
};

/** A row of the route table. Handlers take parsed input and never see the web framework. */
export type Route = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  /** Schema of the path parameters, together with the JSON body (post, put, patch, delete) or, if `query` is set, the query (get). */
  readonly input: z.ZodObject | undefined;
  readonly query: boolean;
  /** The route only matches requests with this query parameter; others fall through to a later route of the same path. */
  readonly onlyWith?: string;
  /** Max size of its JSON body; undefined: the server's default. */
  readonly maxBodyBytes?: number;
  /** Numbers of the body reach the schema as they were written, as text: none is rounded, and 1e3 is not 1000. */
  readonly numbersAsText?: true;
  /** Changes nothing, although it is not a GET: a refused request is not recorded as an event. */
  readonly readsOnly: boolean;
  /** Its documentation in GET /openapi.json. */
  readonly docs: RouteDocs;
  readonly handle: (input: unknown, context: RequestContext) => Promise<Answer>;
};

/** Types the handler's input by the schema that validates it. */
export const route = <Input extends z.ZodObject>(row: {
  readonly method: Route['method'];
  readonly path: string;
  readonly input: Input;
  readonly query?: true;
  readonly onlyWith?: string;
  readonly readsOnly?: true;
  readonly maxBodyBytes?: number;
  readonly numbersAsText?: true;
  readonly docs: RouteDocs;
  readonly handle: (input: z.output<Input>, context: RequestContext) => Promise<Answer>;
}): Route => ({
  ...row,
  query: row.query === true,
  readsOnly: row.readsOnly === true,
  handle: (input, context) => row.handle(input as z.output<Input>, context),
});

/** A route that takes no input. */
export const plainRoute = (path: string, docs: RouteDocs, handle: () => Promise<Answer>): Route => ({
  method: 'get',
  path,
  docs,
  input: undefined,
  query: false,
  readsOnly: true,
  handle,
});
