import { belongsInBackup, catalogueEntry, classifyIndices, type Ownership } from '../ownership/index-ownership.ts';
import type { Profile } from '../profile.ts';

/**
 * Index names of the prefix, part by part in the profile's order, each sorted: together all that belong in a backup (index-ownership.ts), no name
 * twice, none of another component or installation. A part may come out empty; refusing that is the plan's matter.
 */
export const splitIntoParts = (profile: Profile, prefix: string, indices: readonly string[]): readonly string[][] =>
  splitOwned(profile, prefix, classifyIndices(prefix, indices));

/** As `splitIntoParts`, for names that were classified already. */
export const splitOwned = (profile: Profile, prefix: string, ownership: Ownership): readonly string[][] => {
  const named = profile.parts.flatMap(({ selector }) => ('only' in selector ? selector.only : []));
  const ours = [...ownership.values()].filter(belongsInBackup).map(({ name }) => name);
  return profile.parts.map(({ selector }) =>
    ours
      .filter((index) => {
        const stem = catalogueEntry(prefix, index)?.stem ?? '';
        return 'only' in selector ? selector.only.includes(stem) : !named.includes(stem);
      })
      .sort(),
  );
};
