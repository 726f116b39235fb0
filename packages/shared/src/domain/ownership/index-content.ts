import { DYNAMIC_CONTENTS, type IndexContent, STATIC_CONTENTS } from './index-catalogue.ts';
import { catalogueEntry } from './index-ownership.ts';

/** `unknown`: the catalogue does not have the name. */
export type ContentClass = IndexContent | 'unknown';

/** What the index of that name holds. An ambiguous index holds what one of ours would. */
export const contentOf = (prefix: string, name: string): ContentClass => {
  const stem = catalogueEntry(prefix, name)?.stem;
  if (stem === undefined) return 'unknown';
  const contents: Readonly<Record<string, IndexContent>> = STATIC_CONTENTS;
  if (Object.hasOwn(contents, stem)) return contents[stem] ?? 'unknown';
  const family = Object.entries(DYNAMIC_CONTENTS).find(([name]) => stem.startsWith(`${name}-`));
  return family?.[1] ?? 'unknown';
};
