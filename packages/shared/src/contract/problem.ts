import { z } from 'zod';

/** RFC 9457. `code` is one of failure.ts; the fields that are not listed are its data. */
export const Problem = z
  .looseObject({
    type: z
      .string()
      .meta({ description: 'A URI of the kind of problem.', example: 'urn:tandem:error:BACKUP_NOT_FOUND' }),
    title: z.string().meta({ description: 'What the code means, in a few words.', example: 'Backup not found' }),
    status: z.int().meta({ description: 'The HTTP status of the response.', example: 404 }),
    detail: z.string().meta({
      description: 'What happened and what to do, in sentences.',
      example: 'There is no backup nightly-2026-11-22.',
    }),
    code: z.string().meta({ description: 'The failure code.', example: 'BACKUP_NOT_FOUND' }),
    requestId: z.string().meta({
      description: 'The `X-Request-Id` of the request.',
      example: '5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11',
    }),
  })
  .meta({ id: 'Problem', description: 'Why a request failed (RFC 9457). More fields depend on the code.' });
export type Problem = z.infer<typeof Problem>;
