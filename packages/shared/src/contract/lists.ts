import { z } from 'zod';
import { parseDuration } from '../domain/duration.ts';
import { time } from './fields.ts';
import { shownAs } from './shown.ts';

/** Every list under /api/v1: keyset cursors, so that a page costs the same at any depth. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    items: z.array(item).meta({ description: 'The page, at most `limit` of them.' }),
    nextCursor: z
      .string()
      .meta({ example: 'eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9' })
      .nullable()
      .meta({ description: 'The `cursor` of the next page. Null: this is the last one.' }),
  });

/** Of an answer for which a range of time was put in, since a filter needs one. */
export const defaultedRange = {
  range: z
    .strictObject({
      from: time.meta({ description: 'Its begin, inclusive.', example: '2026-08-24T18:40:00.000Z' }),
      to: time.meta({ description: 'Its end, exclusive.', example: '2026-11-22T18:40:00.000Z' }),
      defaulted: z.literal(true).meta({ description: 'At least one end was not given.', example: true }),
    })
    .optional()
    .meta({
      description:
        'The range of time that was searched: 90 days, up to now unless the end was given. Absent: no filter needs one, or both ends were given.',
    }),
  historyFrom: time.nullable().optional().meta({
    description: 'When the history begins. Null: it is empty. Absent where `range` is.',
    example: '2024-02-01T10:00:00.000Z',
  }),
};

export const MAX_LIMIT = 1000;

/** One value, once: `limit=1&limit=2` and `limit[gt]=1` are refused. */
export const once = z.string({ error: 'must be given once, as a text' });

export const limit = once
  .regex(/^\d{1,4}$/, 'must be a whole number')
  .transform(Number)
  .refine((value) => value >= 1 && value <= MAX_LIMIT, {
    error: ({ input }) => `must be between 1 and ${MAX_LIMIT}, found ${input}`,
  })
  .default(50)
  .meta({
    description: 'How many items a page has at most.',
    example: 50,
    ...shownAs({ type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: 50 }),
  });

/** The cursor that the previous page returned. */
export const cursor = once.max(200, 'must be at most 200 characters long').optional().meta({
  description: 'The `nextCursor` of the page before. Absent: the first page.',
  example: 'eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9',
});

/** The given value, as a message quotes it. */
export const found = (text: string): string => `found ${JSON.stringify(text.slice(0, 60))}`;

/** Several of a set, comma separated. `description`: what they filter. */
export const someOf = <const Values extends readonly [string, ...string[]]>(values: Values, description: string) =>
  once
    .transform((text) => text.split(','))
    .pipe(
      z.array(
        z.enum(values, {
          error: ({ input }) =>
            `must be one of ${values.join(', ')}, or several separated by commas, ${found(String(input))}`,
        }),
      ),
    )
    .optional()
    .meta({
      description: `${description} Several are separated by commas.`,
      param: { style: 'form', explode: false },
      ...shownAs({ type: 'array', items: { type: 'string', enum: [...values] } }),
    });

/** A whole number of bytes. */
export const byteCount = once
  .transform((text, context) => {
    const bytes = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(bytes)) return bytes;
    context.addIssue({
      code: 'custom',
      message: `must be a whole number of bytes, at most ${Number.MAX_SAFE_INTEGER}, ${found(text)}`,
    });
    return z.NEVER;
  })
  .meta(shownAs({ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, examples: [1_000_000_000] }));

/** As a client writes a duration: whole, without spaces, and at most hours. */
const WAIT = '^[0-9]{1,6}(ms|s|m|h)$';

/** "500ms", "30s", "2m", "1h", up to `maxMs`; in milliseconds. `description`: of what. */
export const duration = (maxMs: number, description: string) =>
  once
    .transform((text, context) => {
      const parsed = new RegExp(WAIT).test(text) ? parseDuration(text) : undefined;
      if (parsed !== undefined && parsed <= maxMs) return parsed;
      context.addIssue({
        code: 'custom',
        message: `must be a time such as 500ms, 30s, 2m or 1h, at most ${maxMs / 1000} s, ${found(text)}`,
      });
      return z.NEVER;
    })
    .meta({
      ...shownAs({ type: 'string', pattern: WAIT, examples: ['30s'] }),
      description: `${description} A number and its unit: ms, s, m or h; at most ${maxMs / 1000} s.`,
    });
