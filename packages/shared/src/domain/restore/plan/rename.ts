import { fail } from '../../failure/failure.ts';

/** A regular expression and what each match becomes; only forms that mean the same to Java, which engines use, and to JavaScript. */
export type Rename = { readonly pattern: string; readonly replacement: string };

const PATTERN = /^\^?(?:[a-z0-9_.-]|\(\.[+*]\))+\$?$/;
const REPLACEMENT = /^(?:[a-z0-9_.-]|\$[1-9])*$/;
const MAX_LENGTH = 255;

/** Throws REQUEST_INVALID: a pattern or replacement that engines might read in another way, or a group that the pattern does not have. */
export const checkRename = ({ pattern, replacement }: Rename): Rename => {
  if (pattern.length > MAX_LENGTH || !PATTERN.test(pattern)) {
    throw refused(
      'target.renamePattern',
      pattern,
      'may hold lower-case letters, digits, . _ - and the groups (.+) and (.*), between ^ and $',
    );
  }
  if (replacement.length > MAX_LENGTH || !REPLACEMENT.test(replacement)) {
    throw refused('target.renameReplacement', replacement, 'may hold lower-case letters, digits, . _ - and $1 to $9');
  }
  const groups = pattern.split('(').length - 1;
  const highest = Math.max(0, ...[...replacement.matchAll(/\$([1-9])/g)].map(([, group]) => Number(group)));
  if (highest > groups)
    throw refused(
      'target.renameReplacement',
      replacement,
      `refers to group $${highest}, and the pattern has ${groups}`,
    );
  return { pattern, replacement };
};

const refused = (field: string, found: string, rule: string) =>
  fail('REQUEST_INVALID', `${field} ${JSON.stringify(found.slice(0, 300))} ${rule}.`, {
    field,
    found: found.slice(0, 300),
  });

/** The name that an index is restored under: every match is replaced, as engines do. */
export const renamed = (name: string, rename: Rename | undefined): string =>
  rename === undefined ? name : name.replaceAll(new RegExp(rename.pattern, 'g'), rename.replacement);

/** In bytes; names of indices that Tandem knows are ASCII. */
export const MAX_INDEX_NAME = 255;

/** Whether engines accept a name for an index. */
export const isIndexName = (name: string): boolean =>
  /^[a-z0-9.][a-z0-9._-]*$/.test(name) && name !== '.' && name !== '..' && name.length <= MAX_INDEX_NAME;
