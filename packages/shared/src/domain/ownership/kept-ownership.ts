import { canonicalJson } from '../canonical-json.ts';
import { cutList } from '../cut-list.ts';
import type { DigestOf } from '../restore/manifest/manifest.ts';
import {
  formsOf,
  type IndexForm,
  LISTED_CLASSES,
  type ListedClass,
  namesOfClass,
  type Ownership,
  type OwnershipList,
} from './index-ownership.ts';

/** Names that a backup keeps of each class. */
export const MAX_KEPT_NAMES = 50;

type KeptClass = {
  /** The first of them, sorted. */
  readonly names: readonly string[];
  /** How many there were, and the digest of all. Absent: `names` are all. */
  readonly count?: number;
  readonly digest?: string;
};

/** What a backup keeps of the names under its prefix that are not simply ours. A class without names is absent. */
export type KeptOwnership = {
  readonly forms: readonly IndexForm[];
  readonly classes: Readonly<Partial<Record<ListedClass, KeptClass>>>;
};

/** Pure: the ownership as it is kept with a backup: at most MAX_KEPT_NAMES names of each class, and how many there are. */
export const keptOwnership = (ownership: Ownership, digestOf: DigestOf): KeptOwnership => {
  const kept = LISTED_CLASSES.flatMap((listed) => {
    const names = namesOfClass(ownership, listed);
    return names.length === 0 ? [] : [[listed, keptClass(names, digestOf)] as const];
  });
  return { forms: formsOf(ownership), classes: Object.fromEntries(kept) };
};

const keptClass = (names: readonly string[], digestOf: DigestOf): KeptClass =>
  names.length <= MAX_KEPT_NAMES
    ? { names }
    : { ...cutList('names', names, { max: MAX_KEPT_NAMES }), digest: digestOf(JSON.stringify(names)) };

/** As the plan of a restore lists it; `more`: how many names of each class are not listed. */
export type ShownOwnership = OwnershipList & { readonly more: Readonly<Record<ListedClass, number>> };

/** The kept names by class, and how many of each class are not kept. */
export const shownOwnership = ({ forms, classes }: KeptOwnership): ShownOwnership => {
  const each = <Value>(value: (kept: KeptClass) => Value) =>
    Object.fromEntries(LISTED_CLASSES.map((listed) => [listed, value(classes[listed] ?? { names: [] })])) as Readonly<
      Record<ListedClass, Value>
    >;
  const more = each(({ names, count = names.length }) => count - names.length);
  return { ...each(({ names }) => names), forms, more };
};

/** The difference between two, as an event payload: the classes whose names differ, and `forms` if those differ. Undefined: no difference. */
export const ownershipChange = (
  before: KeptOwnership,
  now: KeptOwnership,
): { readonly before: object; readonly after: object } | undefined => {
  const differs = LISTED_CLASSES.filter(
    (listed) => canonicalJson(before.classes[listed] ?? null) !== canonicalJson(now.classes[listed] ?? null),
  );
  const forms = before.forms.join() !== now.forms.join();
  if (differs.length === 0 && !forms) return undefined;
  const payload = (kept: KeptOwnership) => ({
    ...Object.fromEntries(differs.map((listed) => [listed, payloadOfClass(kept.classes[listed])])),
    ...(forms ? { forms: kept.forms } : {}),
  });
  return { before: payload(before), after: payload(now) };
};

const payloadOfClass = ({ names, count = names.length }: KeptClass = { names: [] }) => ({
  names,
  more: count - names.length,
});
