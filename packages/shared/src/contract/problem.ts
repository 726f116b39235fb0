import { z } from 'zod';

/** RFC 9457, what /api returns for every error. `code` is one of failure.ts; the rest of the fields are its data. */
export const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
