import type { DataNode } from '../cluster-facts.ts';

/** The kinds of allocation filters; `initial_recovery` counts once, when an index is created or restored. */
const KINDS = ['require', 'include', 'exclude', 'initial_recovery'] as const;
type Kind = (typeof KINDS)[number];

export type AllocationFilter = {
  readonly kind: Kind;
  readonly attribute: string;
  readonly values: readonly string[];
  /** As a line of settings. */
  readonly shown: string;
};

const TIER_PREFERENCE = '_tier_preference';

const valuesIn = (text: string): readonly string[] =>
  text
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');

/** The allocation filters among flat settings, below `index.routing.allocation` or `cluster.routing.allocation`. An empty value filters nothing. */
export const allocationFilters = (settings: Readonly<Record<string, unknown>>): readonly AllocationFilter[] =>
  Object.entries(settings)
    .flatMap(([name, value]) => {
      const [, kind, attribute] = /^(?:index|cluster)\.routing\.allocation\.([a-z_]+)\.(.+)$/.exec(name) ?? [];
      if (!isKind(kind) || attribute === undefined || attribute === TIER_PREFERENCE) return [];
      const values = valuesIn(String(value));
      return values.length === 0 ? [] : [{ kind, attribute, values, shown: `${name}: ${values.join()}` }];
    })
    .sort((one, other) => (one.shown < other.shown ? -1 : 1));

const isKind = (text: string | undefined): text is Kind => KINDS.some((kind) => kind === text);

/** The tiers that an index prefers; empty: none. */
export const tierPreference = (settings: Readonly<Record<string, unknown>>): readonly string[] =>
  valuesIn(String(settings[`index.routing.allocation.include.${TIER_PREFERENCE}`] ?? ''));

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

/** `*` stands for any characters. */
const fits = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 's').test(text);

/** Whether a node belongs to a data tier. One with the plain role `data` belongs to every tier. */
export const isOfTier = ({ roles }: DataNode, tier: string): boolean => roles.includes('data') || roles.includes(tier);

const ADDRESSES = ['_ip', '_host_ip', '_publish_ip'];

/** Whether a node matches one value; without the attribute it matches none, not even `*`. */
const matches = (node: DataNode, attribute: string, value: string): boolean => {
  if (ADDRESSES.includes(attribute)) return fits(value, node.ip) || fits(value, node.host);
  if (attribute === '_host') return fits(value, node.host) || fits(value, node.ip);
  if (attribute === '_id') return value === node.id;
  if (attribute === '_name' || attribute === 'name') return fits(value, node.name);
  if (attribute === '_tier') return isOfTier(node, value);
  const found = node.attributes[attribute];
  return found !== undefined && fits(value, found);
};

/** An address matches any of the values that a filter requires, all else each of them. */
const isMet = (node: DataNode, { attribute, values }: AllocationFilter): boolean =>
  ADDRESSES.includes(attribute)
    ? values.some((value) => matches(node, attribute, value))
    : values.every((value) => matches(node, attribute, value));

const matchesAny = (node: DataNode, filters: readonly AllocationFilter[]): boolean =>
  filters.some(({ attribute, values }) => values.some((value) => matches(node, attribute, value)));

/**
 * Pure: whether a node may hold a shard under these filters, as engines decide it (DiscoveryNodeFilters): `require` has to be met in
 * full, one value of any `include` is enough, one of any `exclude` too much; `initial_recovery` is read as `include`.
 */
export const mayHold = (node: DataNode, filters: readonly AllocationFilter[]): boolean => {
  const of = (kind: Kind) => filters.filter((filter) => filter.kind === kind);
  const isAmong = (some: readonly AllocationFilter[]) => some.length === 0 || matchesAny(node, some);
  // tiers are decided apart from all other attributes, each setting by itself
  const apart = (kind: Kind) => {
    const all = of(kind);
    return [all.filter(isTier), all.filter((filter) => !isTier(filter))];
  };
  return (
    of('require').every((filter) => isMet(node, filter)) &&
    apart('include').every(isAmong) &&
    apart('initial_recovery').every(isAmong) &&
    !matchesAny(node, of('exclude'))
  );
};

const isTier = ({ attribute }: AllocationFilter): boolean => attribute === '_tier';
