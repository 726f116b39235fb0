import { z } from 'zod';
import { requestId } from '../domain/example-story.ts';
import { failures } from '../domain/failure/failures.ts';

const code = 'BACKUP_NOT_FOUND';
const { title, http, example } = failures[code];

/** RFC 9457. `code` is one of failures.ts; the fields that are not listed are its data. */
export const Problem = z
  .looseObject({
    type: z.string().meta({ description: 'A URI of the kind of problem.', example: 'about:blank' }),
    title: z.string().meta({ description: 'What the code means, in a few words.', example: title }),
    status: z.int().meta({ description: 'The HTTP status of the response.', example: http.status }),
    detail: z.string().meta({
      description: 'What happened and what to do, in sentences.',
      example: example.message,
    }),
    code: z.string().meta({ description: 'The failure code.', example: code }),
    requestId: z.string().meta({
      description: 'The `X-Request-Id` of the request.',
      example: requestId,
    }),
  })
  .meta({ id: 'Problem', description: 'Why a request failed (RFC 9457). More fields depend on the code.' });
export type Problem = z.infer<typeof Problem>;
