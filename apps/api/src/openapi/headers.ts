import { IdempotencyKey } from '@tandem/shared/contract/backups.ts';
import { z } from 'zod';
import type { AnswerHeader, RequestHeader } from '../http/route-docs.ts';
import { backupId, event, requestId } from './examples.ts';

type Described = {
  readonly description: string;
  readonly schema: { readonly type: 'string' | 'integer' };
  readonly example: string | number;
};

const header = (description: string, example: string | number): Described => ({
  description,
  schema: { type: typeof example === 'number' ? 'integer' : 'string' },
  example,
});

/** Those that answers have; the first stands in every one. */
export const ANSWER_HEADERS: Readonly<Record<AnswerHeader | 'X-Request-Id', Described>> = {
  'X-Request-Id': header('The id that the request is found by, in the log and in events.', requestId),
  Location: header('Where to look at what was accepted.', `/api/v1/backups/${backupId}`),
  'Retry-After': header('Seconds after which to ask again.', 1),
  'Content-Encoding': header('How the body is packed, where the client takes it packed.', 'gzip'),
  'Export-Up-To': header('The highest id that may be in it, to go on from.', '4711'),
  'Content-Disposition': header('Under which name to keep it.', 'attachment; filename="events.ndjson"'),
};

/** Any request may name its own id. */
export const requestIdHeader = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/)
  .optional()
  .meta({
    description: 'An id of the caller for this request. One that is not of this form is replaced.',
    param: { id: 'X-Request-Id' },
    examples: [requestId],
  });

export const REQUEST_HEADERS: Readonly<Record<RequestHeader, z.ZodType>> = {
  'Idempotency-Key': IdempotencyKey.optional().meta({
    description: 'The same key with the same body is answered the same; with another body it is refused.',
    param: { id: 'Idempotency-Key' },
    examples: ['nightly-2026-11-22'],
  }),
  'Last-Event-ID': z
    .string()
    .optional()
    .meta({
      description: 'The last event of the stream that was seen: it goes on after that one.',
      param: { id: 'Last-Event-ID' },
      examples: [event.id],
    }),
  'Accept-Encoding': z
    .string()
    .optional()
    .meta({
      description: 'With gzip the answer is packed.',
      param: { id: 'Accept-Encoding' },
      examples: ['gzip'],
    }),
};
