import { fieldAt, fieldsOf } from '@tandem/shared/contract/refusals/field-at.ts';
import { issueRule, issueSentence } from '@tandem/shared/contract/refusals/issue-sentence.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import type { z } from 'zod';

const MAX_PROBLEMS = 10;

/**
 * Parses, or throws REQUEST_INVALID with a sentence per problem: the field, the rule, an example, and the value found. `ofPath`: fields of the schema
 * that the path of the route gives, not the body or the query.
 */
export const readInput = <Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  subject: 'The body' | 'The query' = 'The body',
  ofPath: readonly string[] = [],
): z.output<Schema> => {
  const parsed = schema.safeParse(input, { error: issueRule });
  if (parsed.success) return parsed.data;
  const all = parsed.error.issues.map((issue) => {
    const field = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') {
      const known = fieldsOf(fieldAt(schema, issue.path)).filter((name) => field !== '' || !ofPath.includes(name));
      return unknownFields(field === '' ? subject : field, issue.keys, known);
    }
    return field === '' ? `${subject} must be a JSON object.` : `${field} ${issueSentence(issue, schema, input)}.`;
  });
  const cut = cutList('problems', all, { max: MAX_PROBLEMS });
  const more = cut.count > MAX_PROBLEMS ? [`And ${cut.count - MAX_PROBLEMS} more.`] : [];
  throw fail('REQUEST_INVALID', [...cut.problems, ...more].join(' '), cut);
};

const unknownFields = (where: string, keys: readonly string[], known: readonly string[]): string => {
  const found = keys.map((key) => JSON.stringify(key.slice(0, 50)));
  const allowed = known.length === 0 ? '' : `; allowed: ${known.join(', ')}`;
  return `${where} must not contain ${nameList(found, { max: 5 })}${allowed}.`;
};
