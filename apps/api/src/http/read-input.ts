import { fail } from '@tandem/shared/domain/failure.ts';
import { z } from 'zod';

/** Parses or throws REQUEST_INVALID, one sentence a problem: the field, the rule, what was found. */
export const readInput = <Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  whole: 'The body' | 'The query' = 'The body',
): z.output<Schema> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 10).map((issue) => sentence(issue, schema, whole));
  throw fail('REQUEST_INVALID', problems.join(' '), { problems });
};

const sentence = (issue: z.core.$ZodIssue, schema: z.ZodType, whole: string): string => {
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.slice(0, 5).map((key) => JSON.stringify(key.slice(0, 50)));
    const known =
      whole === 'The query' && schema instanceof z.ZodObject
        ? `: it takes ${Object.keys(schema.shape).join(', ')}`
        : '';
    return `${field === '' ? whole : field} must not hold ${keys.join(', ')}${known}.`;
  }
  return field === '' ? `${whole} must be a JSON object.` : `${field} ${issue.message}.`;
};
