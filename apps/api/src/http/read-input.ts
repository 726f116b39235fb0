import { cutList } from '@tandem/shared/domain/cut-list.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import { z } from 'zod';
import { issueSentence } from './issue-sentence.ts';

const MAX_PROBLEMS = 10;

/** Parses, or throws REQUEST_INVALID with a sentence per problem: the field, the rule, and the value found. */
export const readInput = <Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  subject: 'The body' | 'The query' = 'The body',
): z.output<Schema> => {
  const parsed = schema.safeParse(input, { error: issueSentence });
  if (parsed.success) return parsed.data;
  const all = parsed.error.issues.map((issue) => sentence(issue, schema, subject));
  const cut = cutList('problems', all, { max: MAX_PROBLEMS });
  const more = cut.count > MAX_PROBLEMS ? [`And ${cut.count - MAX_PROBLEMS} more.`] : [];
  throw fail('REQUEST_INVALID', [...cut.problems, ...more].join(' '), cut);
};

const sentence = (issue: z.core.$ZodIssue, schema: z.ZodType, subject: string): string => {
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => JSON.stringify(key.slice(0, 50)));
    const known =
      subject === 'The query' && schema instanceof z.ZodObject
        ? `; allowed: ${Object.keys(schema.shape).join(', ')}`
        : '';
    return `${field === '' ? subject : field} must not contain ${nameList(keys, { max: 5 })}${known}.`;
  }
  return field === '' ? `${subject} must be a JSON object.` : `${field} ${issue.message}.`;
};
