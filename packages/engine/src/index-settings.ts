import type { FlatSettings, IndexFacts } from '@tandem/shared/domain/restore/manifest/index-facts.ts';

/** What differs between an index and its restored copy. */
const OWN_SETTINGS = [
  'index.uuid',
  'index.creation_date',
  'index.provided_name',
  'index.number_of_replicas',
  'index.auto_expand_replicas',
  'index.history.uuid',
  'index.verified_before_close',
];
const OWN_PREFIXES = ['index.version.', 'index.resize.', 'index.shrink.'];
const BLOCKS = 'index.blocks.';
const ALLOCATION = 'index.routing.allocation.';

const isOwn = (name: string): boolean =>
  OWN_SETTINGS.includes(name) || OWN_PREFIXES.some((prefix) => name.startsWith(prefix));

const isApart = (name: string): boolean => name.startsWith(BLOCKS) || name.startsWith(ALLOCATION);

/** All flat settings of an index, sorted into what `IndexFacts` holds of them. */
export const settingFacts = (
  flat: Readonly<Record<string, unknown>>,
): Pick<IndexFacts, 'settings' | 'blocks' | 'allocation'> => {
  const entries = Object.entries(flat);
  const below = (prefix: string): FlatSettings =>
    Object.fromEntries(
      entries.filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name, String(value)]),
    );
  return {
    settings: Object.fromEntries(entries.filter(([name]) => !isOwn(name) && !isApart(name))),
    blocks: below(BLOCKS),
    allocation: below(ALLOCATION),
  };
};
