import { READ_ALIASES } from '../../ownership/index-catalogue.ts';
import { savedShape } from '../manifest/saved-settings.ts';
import { writeOwners } from './alias-conflicts.ts';
import type { AliasOwner } from './cluster-facts.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from './plan-facts.ts';
import { isSelection } from './selection.ts';

/** An alias that an index had when it was saved and does not get back. */
export type LeftOffAlias = {
  readonly index: string;
  readonly alias: string;
  /** The indices that stay and take its writes. Empty: it is left off since the index has another one that is taken. */
  readonly writeIndices: readonly string[];
};

/**
 * Pure: the aliases that a restore of chosen indices leaves off, because an index that stays owns the write alias by now: a rollover went on. An
 * engine restores all aliases of an index or none, so an index with one of them comes back without any. An alias that is only read by is
 * shared, whoever else has it. `saved`: all indices of the backup.
 */
export const aliasesLeftOff = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
  saved: readonly PlannedIndex[],
): readonly LeftOffAlias[] => {
  if (!isSelection(request)) return [];
  const owners = savedOwners(facts, saved);
  const stay = ownersThatStay(facts);
  return restores.flatMap((planned) => {
    const own = savedOwners(facts, [planned]);
    const taken = new Map(
      own
        .filter((owner) => !isShared(facts.backup.indexPrefix, owner) && tookWrites(owners, owner))
        .map(({ alias }) => [alias, writeOwners(stay.filter((owner) => owner.alias === alias))] as const)
        .filter(([, writeIndices]) => writeIndices.length > 0),
    );
    if (taken.size === 0) return [];
    return own.map(({ alias }) => ({ index: planned.index, alias, writeIndices: taken.get(alias) ?? [] }));
  });
};

const tookWrites = (saved: readonly AliasOwner[], { alias, index }: AliasOwner): boolean =>
  writeOwners(saved.filter((owner) => owner.alias === alias)).includes(index);

const isShared = (prefix: string, { alias, isWriteIndex }: AliasOwner): boolean =>
  isWriteIndex !== true &&
  READ_ALIASES.some((name) => [`${prefix}-${name}`, `${prefix}-optimize-${name}`].includes(alias));

/** The call that adds an alias that was left off, so that the index can be read by it. Another index takes the writes. */
export const readAliasCall = ({ index, alias }: Pick<LeftOffAlias, 'index' | 'alias'>): string =>
  `POST /_aliases ${JSON.stringify({ actions: [{ add: { index, alias, is_write_index: false } }] })}`;

/** Of each saved alias of these indices, whether it was marked as the one to write to. */
export const savedOwners = (facts: PlanFacts, restores: readonly PlannedIndex[]): readonly AliasOwner[] =>
  restores.flatMap((planned) =>
    Object.entries(savedShape(facts, planned)?.writes ?? {}).map(([alias, isWriteIndex]) => ({
      alias,
      index: planned.as,
      isWriteIndex: isWriteIndex ?? undefined,
    })),
  );

/** What is in the way of the restore is either deleted before it or a blocker by itself. */
export const ownersThatStay = ({ aliasOwners, existing }: PlanFacts): readonly AliasOwner[] => {
  const gone = new Set(existing.map(({ name }) => name));
  return (aliasOwners ?? []).filter(({ index }) => !gone.has(index));
};
