import type { HttpFailureCode } from '@tandem/shared/domain/failure/failures.ts';
import type { z } from 'zod';

export const TAGS = {
  Optimize: "Optimize's own backup endpoints.",
  Backups: 'To request, see, label, hold and delete backups.',
  Operations: 'The work on backups: to see, retry and cancel.',
  Restores: 'Restores and rehearsals: to plan, run and stop.',
  Repositories: 'Where backups are stored: to see, register and verify.',
  History: 'What was done, for audits.',
  Keys: 'API keys: to see, create, rotate and revoke; and who the caller is.',
  Sessions: 'To sign in and out in a browser.',
  Health: 'For operators of Tandem.',
  Documentation: 'This description.',
} as const;
export type Tag = keyof typeof TAGS;

/** Headers that a response may have in addition to those of every response. */
export type AnswerHeader =
  | 'Location'
  | 'Set-Cookie'
  | 'Link'
  | 'Retry-After'
  | 'Content-Encoding'
  | 'Content-Disposition'
  | 'Export-Up-To';
/** Headers that a request may have in addition to those of every request. */
export type RequestHeader = 'Idempotency-Key' | 'Last-Event-ID' | 'Accept-Encoding';

export type DocumentedContent = { readonly schema: z.ZodType; readonly example: unknown };

export type DocumentedAnswer = {
  readonly description: string;
  /** By media type, without its parameters. */
  readonly content: Readonly<Record<string, DocumentedContent>>;
  readonly headers: readonly AnswerHeader[];
};

/** What GET /openapi.json contains for a route, in addition to its input. */
export type RouteDocs = {
  /** In camel case, one per route. */
  readonly id: string;
  readonly tag: Tag;
  /** A few words, without a full stop. */
  readonly summary: string;
  /** What it does, in sentences. */
  readonly description: string;
  /** By status, without errors. */
  readonly answers: Readonly<Record<number, DocumentedAnswer>>;
  /** Failure codes, in addition to those of invalid input (openapi/failure-responses.ts). */
  readonly failures: readonly HttpFailureCode[];
  readonly takes?: readonly RequestHeader[];
  /** For browsers, not part of the API: left out of GET /openapi.json. */
  readonly isPage?: true;
  /** The request body. */
  readonly body?: unknown;
};

/** A JSON response. */
export const json = <Schema extends z.ZodType>(
  description: string,
  schema: Schema,
  example: z.output<Schema>,
  ...headers: readonly AnswerHeader[]
): DocumentedAnswer => ({ description, content: { 'application/json': { schema, example } }, headers });

/** A response in another media type. */
export const content = (
  mediaType: string,
  description: string,
  schema: z.ZodType,
  example: unknown,
  ...headers: readonly AnswerHeader[]
): DocumentedAnswer => ({ description, content: { [mediaType]: { schema, example } }, headers });
