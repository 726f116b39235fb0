import { READ_ALIASES } from '../../ownership/index-catalogue.ts';
import { catalogueEntry } from '../../ownership/index-ownership.ts';
import { savedShape } from '../manifest/saved-settings.ts';
import { ownersThatStay, savedOwners, writeOwners } from './alias-conflicts.ts';
import type { AliasOwner } from './cluster-facts.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from './plan-facts.ts';
import { isSelection } from './selection.ts';

/** An alias that an index had when it was saved and does not get back. */
export type LeftOffAlias = {
  readonly index: string;
  /** UNRECORDED: whichever aliases it had. */
  readonly alias: string;
  /** The indices that stay and take its writes. Empty: that is not known, or the index has another alias that is taken. */
  readonly writeIndices: readonly string[];
  /** The call that adds it again, without a filter or routing that it had: the backup does not record them. */
  readonly add: string;
};

/** Instead of a name: the aliases of the index were not recorded when it was saved. */
export const UNRECORDED = '*';

/**
 * Pure: the aliases that a restore of chosen indices leaves off, because an index that stays owns the write alias by now: a rollover went on. An
 * engine restores all aliases of an index or none, so an index with one of them comes back without any. So does an index whose write alias may
 * be taken, for all that is known: the engine would refuse it once it is deleted. An alias that is only read by is shared, whoever else has it.
 * `saved`: all indices of the backup.
 */
export const aliasesLeftOff = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
  saved: readonly PlannedIndex[],
): readonly LeftOffAlias[] => {
  if (!isSelection(request)) return [];
  const prefix = facts.backup.indexPrefix;
  const owners = savedOwners(facts, saved);
  const stay = ownersThatStay(facts);
  return restores.flatMap((planned) => {
    if (savedShape(facts, planned)?.writes === undefined) return [unrecorded(prefix, planned.index)];
    const own = savedOwners(facts, [planned]);
    const writing = own.filter((owner) => !isShared(prefix, owner) && tookWrites(owners, owner));
    const takers = new Map(
      writing.map(({ alias }) => [alias, writeOwners(stay.filter((owner) => owner.alias === alias))]),
    );
    const isTaken = [...takers.values()].some((taking) => taking.length > 0);
    const isUnknown = facts.aliasOwners === undefined && writing.length > 0;
    return isTaken || isUnknown ? own.map((owner) => leftOff(owner, takers.get(owner.alias) ?? [])) : [];
  });
};

const tookWrites = (saved: readonly AliasOwner[], { alias, index }: AliasOwner): boolean =>
  writeOwners(saved.filter((owner) => owner.alias === alias)).includes(index);

const isShared = (prefix: string, { alias, isWriteIndex }: AliasOwner): boolean =>
  isWriteIndex !== true &&
  READ_ALIASES.some((name) => [`${prefix}-${name}`, `${prefix}-optimize-${name}`].includes(alias));

/** For reading, where another index takes the writes; otherwise as saved. */
const leftOff = ({ index, alias, isWriteIndex }: AliasOwner, writeIndices: readonly string[]): LeftOffAlias => ({
  ...{ index, alias, writeIndices },
  add: addCall([{ index, alias, is_write_index: writeIndices.length > 0 ? false : isWriteIndex }]),
});

/** With the aliases that Optimize gives an index of that name; unmarked, so that an engine accepts them whoever has them. */
const unrecorded = (prefix: string, index: string): LeftOffAlias => ({
  ...{ index, alias: UNRECORDED, writeIndices: [] },
  add: addCall(usualAliases(prefix, index).map((alias) => ({ index, alias }))),
});

const usualAliases = (prefix: string, index: string): readonly string[] => {
  const entry = catalogueEntry(prefix, index);
  if (entry === undefined) return ['<alias>'];
  const base = entry.form === 'plain' ? `${prefix}-` : `${prefix}-optimize-`;
  const read = READ_ALIASES.filter((family) => entry.stem.startsWith(`${family}-`));
  return [entry.stem, ...read].map((name) => `${base}${name}`);
};

type AddedAlias = { readonly index: string; readonly alias: string; readonly is_write_index?: boolean | undefined };

const addCall = (added: readonly AddedAlias[]): string =>
  `POST /_aliases ${JSON.stringify({ actions: added.map((add) => ({ add })) })}`;
