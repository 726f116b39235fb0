import { found as foundText } from '@tandem/shared/contract/lists.ts';
import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;

/** The value that was sent, shortened to fit into a sentence. */
const found = (input: unknown): string => {
  if (input === undefined) return 'it is missing';
  if (Array.isArray(input)) return `found a list of ${input.length}`;
  if (typeof input === 'object' && input !== null) return 'found an object';
  if (typeof input === 'string') return foundText(input);
  return `found ${String(input)}`;
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

/**
 * * The rest of the sentence after the field name: the rule and the value found. For issues whose schema has no message, so that none of zod's
 * messages reach a client.
 */
export const issueSentence = (issue: Issue): string => `must ${rule(issue)}, ${found(issue.input)}`;
