import { COULD_BE_OURS } from '../scenario/neighbours.ts';
import { INDEX_PREFIX } from '../scenario/scenario.ts';

/** Its indices that nobody can tell from ours as long as nothing shows that there is such an installation. */
export const lateNames = (x: string | undefined): readonly string[] =>
  (COULD_BE_OURS[x ?? ''] ?? []).map((name) => `${INDEX_PREFIX}-${x}-${name}`);
