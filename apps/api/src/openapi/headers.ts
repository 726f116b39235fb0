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

/** Response headers; every response has the first. */
export const ANSWER_HEADERS: Readonly<Record<AnswerHeader | 'X-Request-Id', Described>> = {
  'X-Request-Id': header('The id of the request in the log and in events.', requestId),
  Location: header('The URL of what was accepted.', `/api/v1/backups/${backupId}`),
  'Set-Cookie': header('The cookie of the session.', 'tandem_session=…; Path=/; HttpOnly; SameSite=Lax; Secure'),
  Link: header('Where the rest of a list is that was cut.', '</api/v1/backups?deleted=false>; rel="next"'),
  'Retry-After': header('Seconds to wait before the next request.', 1),
  'Content-Encoding': header('The compression of the body, if the client accepts one.', 'gzip'),
  'Export-Up-To': header('The highest id that may be in the file; a later export can continue after it.', '4711'),
  'Content-Disposition': header('The suggested file name.', 'attachment; filename="events.ndjson"'),
};

/** Every request may supply its own id. */
export const requestIdHeader = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/)
  .optional()
  .meta({
    description: 'An id for this request, chosen by the caller. An id of another form is replaced.',
    param: { id: 'X-Request-Id' },
    examples: [requestId],
  });

export const REQUEST_HEADERS: Readonly<Record<RequestHeader, z.ZodType>> = {
  'Idempotency-Key': IdempotencyKey.optional().meta({
    description:
      'A repeated request with the same key and body gets the same response; with another body it is refused.',
    param: { id: 'Idempotency-Key' },
    examples: ['nightly-2026-11-22'],
  }),
  'Last-Event-ID': z
    .string()
    .optional()
    .meta({
      description: 'The last event received from the stream, which resumes after it.',
      param: { id: 'Last-Event-ID' },
      examples: [event.id],
    }),
  'Accept-Encoding': z
    .string()
    .optional()
    .meta({
      description: 'With gzip the response is compressed.',
      param: { id: 'Accept-Encoding' },
      examples: ['gzip'],
    }),
};
