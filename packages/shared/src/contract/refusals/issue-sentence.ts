import type { z } from 'zod';
import { found as foundText } from '../lists.ts';
import { exampleIn, fieldAt, inputAt } from './field-at.ts';

type Issue = z.core.$ZodRawIssue;

const LONGEST = 60;

/** The value that was sent, shortened to fit into a sentence. */
const found = (input: unknown): string => {
  if (input === undefined) return 'but it is missing';
  if (Array.isArray(input)) return `found a list of ${input.length}`;
  if (typeof input === 'object' && input !== null) return 'found an object';
  if (typeof input !== 'string') return `found ${String(input)}`;
  if (input.length <= LONGEST) return foundText(input);
  return `found ${input.length} characters, ${JSON.stringify(`${input.slice(0, 40)}…`)}`;
};

const types: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, such as ["a", "b"]',
  object: 'an object, such as {"name": "value"}',
  record: 'an object, such as {"name": "value"}',
  null: 'null',
  date: 'a time, such as 2026-01-31T00:00:00.000Z',
};

const formats: Readonly<Record<string, string>> = {
  datetime: 'a time, such as 2026-01-31T00:00:00.000Z',
  date: 'a day, such as 2026-01-31',
  uuid: 'a UUID, such as 0f8fad5b-d9cb-469f-a165-70867728950e',
  url: 'a URL, such as https://example.org/',
};

const units: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' elements',
  set: ' elements',
  object: ' fields',
};

const bound = (word: 'at least' | 'at most', limit: unknown, origin: string): string => {
  const unit = units[origin];
  return unit === undefined ? `be ${word} ${limit}` : `have ${word} ${limit}${unit}`;
};

const rule = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return `be ${types[issue.expected] ?? 'of another type'}`;
    case 'invalid_value':
      return `be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return `be ${formats[issue.format] ?? 'written in the documented format'}`;
    case 'too_small':
      return bound('at least', issue.minimum, issue.origin);
    case 'too_big':
      return bound('at most', issue.maximum, issue.origin);
    case 'not_multiple_of':
      return `be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return 'not contain unknown fields'; // readInput lists them
    case 'invalid_key':
      return 'have only names that the documentation allows';
    case 'invalid_union':
    case 'invalid_element':
    case 'custom':
      return 'have one of the forms in the documentation (/docs)';
    default:
      return issue satisfies never;
  }
};

/** What the field must be, for issues whose schema has no words of its own: none of zod's reach a client. */
export const issueRule = (issue: Issue): string => `must ${rule(issue)}`;

/** What was found stands in the words of a schema that says it itself. */
const FOUND = /\bis missing|\bis not given/;
/** Words that show already what is allowed. */
const SHOWN = /such as |one of |true or false|null/;
/** The end of a rule of `types`, which the example of the field replaces. */
const ANY_EXAMPLE = /^(must be a list|must be an object), such as .*$/;

/** The rule, an example from the field's meta, and what was found; of an issue whose message is a rule of the schema or `issueRule`. */
export const issueSentence = (issue: z.core.$ZodIssue, schema: z.ZodType, input: unknown): string => {
  const { message, path } = issue;
  const sent = issue.code === 'invalid_key' ? path.at(-1) : inputAt(input, path);
  const [, words = message, seen = `, ${found(sent)}`] = /^(.*?)(, found .*)?$/s.exec(message) ?? [];
  const example = isAboutOthers(issue) ? undefined : exampleIn(fieldAt(schema, path));
  return `${withExample(words, example)}${FOUND.test(words) ? '' : seen}`;
};

const withExample = (words: string, example: unknown): string => {
  const rule = example === undefined ? words : words.replace(ANY_EXAMPLE, '$1');
  return example === undefined || SHOWN.test(rule) ? rule : `${rule}, for example ${JSON.stringify(example)}`;
};

/** The field as such may be right. */
const isAboutOthers = (issue: z.core.$ZodIssue): boolean => issue.code === 'custom' && issue.params?.others === true;
