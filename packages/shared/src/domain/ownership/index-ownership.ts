import {
  DYNAMIC_FAMILIES,
  IMPORT_POSITION_NAMES,
  METADATA_NAME,
  OTHER_COMPONENTS,
  STATIC_NAMES,
} from './index-catalogue.ts';

/** In the order in which they are tried; `outside`: the name does not have the prefix. */
export const INDEX_CLASSES = [
  'rehearsalCopy',
  'outside',
  'ambiguous',
  'known',
  'otherComponent',
  'otherInstallation',
  'unknown',
] as const;
export type IndexClass = (typeof INDEX_CLASSES)[number];

/** Where the prefix is: instead of the word optimize (`acme-alert_v4`), or in front of it (`acme-optimize-alert_v4`, from 8.7 on). */
export const INDEX_FORMS = ['plain', 'optimize'] as const;
export type IndexForm = (typeof INDEX_FORMS)[number];

export type ClassifiedIndex = {
  readonly name: string;
  readonly class: IndexClass;
  /** Of a known or ambiguous index. */
  readonly form: IndexForm | undefined;
  /** The prefix of the other installation that owns it, or could own it too. */
  readonly installation: string | undefined;
};

export type Ownership = ReadonlyMap<string, ClassifiedIndex>;

const REHEARSAL = 'tandem-rehearsal-';
const LATER_FORM = 'optimize-';
const VERSIONED = /^(.+)_v[0-9]+(?:-[0-9]+)?$/s;
const EVIDENCE: ReadonlySet<string> = new Set([METADATA_NAME, ...IMPORT_POSITION_NAMES]);
const STATIC: ReadonlySet<string> = new Set(STATIC_NAMES);
const LONGEST_FIRST = STATIC_NAMES.toSorted((one, other) => other.length - one.length);

const without = (prefix: string, name: string): string | undefined =>
  name.startsWith(`${prefix}-`) ? name.slice(prefix.length + 1) : undefined;

const stemOf = (rest: string): string | undefined => VERSIONED.exec(rest)?.[1];

const isInCatalogue = (stem: string): boolean =>
  STATIC.has(stem) ||
  DYNAMIC_FAMILIES.some((family) => stem.startsWith(`${family}-`) && stem.length > family.length + 1);

/** The name in Optimize's catalogue, dynamic ones with their key, and the form. Undefined: the catalogue does not have it under this prefix. */
export const catalogueEntry = (
  prefix: string,
  name: string,
): { readonly stem: string; readonly form: IndexForm } | undefined => {
  const rest = without(prefix, name);
  if (rest === undefined) return undefined;
  const form = rest.startsWith(LATER_FORM) ? 'optimize' : 'plain';
  const stem = stemOf(form === 'optimize' ? rest.slice(LATER_FORM.length) : rest);
  return stem !== undefined && isInCatalogue(stem) ? { stem, form } : undefined;
};

/** The prefix of the installation whose metadata or import positions this is; several readings: the one with the longest static name. */
const installationOf = (prefix: string, name: string): string | undefined => {
  const stem = stemOf(without(prefix, name) ?? '');
  if (stem === undefined) return undefined;
  const last = LONGEST_FIRST.find((one) => stem.length > one.length + 1 && stem.endsWith(`-${one}`));
  return last !== undefined && EVIDENCE.has(last) ? `${prefix}-${stem.slice(0, -last.length - 1)}` : undefined;
};

/** Whether a name is that of a rehearsal's copy, whatever the prefix is. */
export const isRehearsalCopy = (name: string): boolean => name.startsWith(REHEARSAL);

const isOfComponent = (rest: string): boolean =>
  OTHER_COMPONENTS.some((component) => rest.startsWith(`${component}-`) || rest.startsWith(`${component}_`));

/**
 * Pure: whose the indices are. Takes all names together, those in the engine and those in a backup, since one name may reveal whose another is.
 * Known ones are ours. Only names under our prefix that the catalogue does not know are evidence of another installation, so that a process
 * key cannot pass for an installation.
 */
export const classifyIndices = (prefix: string, names: Iterable<string>): Ownership => {
  const unique = [...new Set(names)];
  const strange = unique.filter((name) => catalogueEntry(prefix, name) === undefined);
  const installations = [...new Set(strange.map((name) => installationOf(prefix, name)))]
    .filter((one) => one !== undefined)
    .sort((one, other) => other.length - one.length);
  return new Map(unique.map((name) => [name, { name, ...classify(prefix, installations, name) }]));
};

const classify = (prefix: string, installations: readonly string[], name: string): Omit<ClassifiedIndex, 'name'> => {
  const of = (indexClass: IndexClass, form?: IndexForm, installation?: string) => ({
    class: indexClass,
    form,
    installation,
  });
  if (isRehearsalCopy(name)) return of('rehearsalCopy');
  const rest = without(prefix, name);
  if (rest === undefined) return of('outside');
  const entry = catalogueEntry(prefix, name);
  if (entry !== undefined) {
    const rival = installations.find((other) => catalogueEntry(other, name) !== undefined);
    return of(rival === undefined ? 'known' : 'ambiguous', entry.form, rival);
  }
  if (isOfComponent(rest)) return of('otherComponent');
  const owner = installations.find((other) => name.startsWith(`${other}-`));
  return owner === undefined ? of('unknown') : of('otherInstallation', undefined, owner);
};

/** A backup holds what is ours or may be: a foreign index in it does no harm, a missing one of ours does. */
export const belongsInBackup = ({ class: indexClass }: Pick<ClassifiedIndex, 'class'>): boolean =>
  indexClass === 'known' || indexClass === 'ambiguous' || indexClass === 'unknown';

/** Whether an index is neither certainly ours nor certainly foreign, so that an operator has to decide. */
export const isUndecided = ({ class: indexClass }: Pick<ClassifiedIndex, 'class'>): boolean =>
  indexClass === 'ambiguous' || indexClass === 'unknown';

/** The names that are not simply ours, sorted, by class. */
export const LISTED_CLASSES = [
  'ambiguous',
  'unknown',
  'otherComponent',
  'otherInstallation',
  'rehearsalCopy',
  'outside',
] as const satisfies readonly IndexClass[];
export type ListedClass = (typeof LISTED_CLASSES)[number];

export type OwnershipList = Readonly<Record<ListedClass, readonly string[]>> & {
  /** The forms that known indices have; both: while an upgrade to 8.7 or later is under way, or after it. */
  readonly forms: readonly IndexForm[];
};

/** The names of the indices of these classes, sorted. */
export const namesOfClass = (ownership: Ownership, ...classes: readonly IndexClass[]): readonly string[] =>
  [...ownership.values()]
    .filter((index) => classes.includes(index.class))
    .map(({ name }) => name)
    .sort();

/** The forms that known and ambiguous indices have, in the order of INDEX_FORMS. */
export const formsOf = (ownership: Ownership): readonly IndexForm[] =>
  INDEX_FORMS.filter((form) => [...ownership.values()].some((index) => index.form === form));

/** The names by class, sorted, without known indices, and the forms. */
export const ownershipList = (ownership: Ownership): OwnershipList => {
  const listed = LISTED_CLASSES.map((one) => [one, namesOfClass(ownership, one)]);
  return { ...(Object.fromEntries(listed) as Record<ListedClass, readonly string[]>), forms: formsOf(ownership) };
};
