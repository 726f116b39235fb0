import type { Profile } from './profile.ts';

/**
 * The name in Optimize's catalogue: `optimize-import-index_v3` and `optimize-event_v4-000001` are `import-index` and `event`. A prefix
 * stands in the place of the word optimize, from 8.7 on in front of it. Undefined: the index has not that prefix.
 */
export const catalogueName = (prefix: string, index: string): string | undefined => {
  if (!index.startsWith(`${prefix}-`)) return undefined;
  const rest = index.slice(prefix.length + 1).replace(/^optimize-/, '');
  return rest.replace(/_v\d+(-\d+)?$/, '');
};

/**
 * Index names of the prefix, part by part in the profile's order, each sorted: together all of them, no name twice, none of another
 * component. A part may come out empty; refusing that is the plan's matter.
 */
export const splitIntoParts = (profile: Profile, prefix: string, indices: readonly string[]): readonly string[][] => {
  const named = profile.parts.flatMap(({ selector }) => ('only' in selector ? selector.only : []));
  const ours = [...new Set(indices)].filter((index) => catalogueName(prefix, index) !== undefined).sort();
  return profile.parts.map(({ selector }) =>
    ours.filter((index) => {
      const name = catalogueName(prefix, index) ?? '';
      return 'only' in selector ? selector.only.includes(name) : !named.includes(name);
    }),
  );
};
