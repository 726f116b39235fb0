import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { NewRestore } from './index-port.ts';

/**
 * The name that each index gets, by the name as saved. Patterns and replacements mean the same in Java and here as long as they keep to
 * groups, classes, anchors and `$1`. REQUEST_INVALID: the pattern is not a regular expression.
 */
export const restoreTargets = ({ indices, rename }: NewRestore): ReadonlyMap<string, string> => {
  if (rename === undefined) return new Map(indices.map((name) => [name, name]));
  const pattern = compiled(rename.pattern);
  return new Map(indices.map((name) => [name, name.replaceAll(pattern, rename.replacement)]));
};

const compiled = (pattern: string): RegExp => {
  try {
    return new RegExp(pattern, 'g');
  } catch (error) {
    throw fail('REQUEST_INVALID', `The rename pattern ${JSON.stringify(pattern)} is no regular expression.`, {}, error);
  }
};
