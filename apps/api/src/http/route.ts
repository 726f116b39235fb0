import type { Actor } from '@tandem/shared/domain/history/event.ts';
import type { z } from 'zod';
import type { RouteDocs } from './route-docs.ts';

/** What a handler knows of the request that it answers. */
export type RequestContext = {
  readonly requestId: string;
  readonly actor: Actor;
  /** Of the connection, which may be a proxy's; undefined: not asked over one. */
  readonly httpVersion?: string;
  /** As sent; undefined: none was. */
  readonly idempotencyKey: string | undefined;
  /** The last event that a client of a stream has seen. */
  readonly lastEventId: string | undefined;
  /** Aborted when the client may have gone, or the process stops: whoever waits answers with what is then. */
  readonly signal: AbortSignal;
  /** As `signal`, but not for a client that closed its own side and may still read; undefined: no client can do so. */
  readonly over?: AbortSignal;
};

export type Answer = {
  readonly status: number;
  /** JSON, unless `contentType` names another type and the body is its text. */
  readonly body: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Ids for the log line of the answer. */
  readonly logged?: { readonly backupId?: string; readonly operationId?: string };
  /** Instead of the body: texts as they come, until the source ends or the client has gone. */
  readonly stream?: AsyncIterable<string>;
  /** Of a stream that is a file: it is compressed for who accepts that, and broken off when its client takes nothing for so long. */
  readonly stalledMs?: number;
};

/** A row of the route table. Handlers take parsed input and never see the web framework. */
export type Route = {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  readonly path: string;
  /** Of the path's parameters, and with them the JSON body (post, patch, delete) or the query where `query` says so (get). */
  readonly input: z.ZodObject | undefined;
  readonly query: boolean;
  /** Where the query does not have that parameter, the path is that of a later route. */
  readonly onlyWith?: string;
  /** Of its JSON body; undefined: the default of the server. */
  readonly maxBodyBytes?: number;
  /** Changes nothing although it is no GET: that it refuses a request is no event. */
  readonly readsOnly: boolean;
  /** What GET /openapi.json tells of it. */
  readonly docs: RouteDocs;
  readonly handle: (input: unknown, context: RequestContext) => Promise<Answer>;
};

/** Ties the handler's input to the schema that is checked before it. */
export const route = <Input extends z.ZodObject>(row: {
  readonly method: Route['method'];
  readonly path: string;
  readonly input: Input;
  readonly query?: true;
  readonly onlyWith?: string;
  readonly readsOnly?: true;
  readonly maxBodyBytes?: number;
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
