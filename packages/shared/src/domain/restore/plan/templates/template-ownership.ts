import { DYNAMIC_FAMILIES, OTHER_COMPONENTS, STATIC_NAMES } from '../../../ownership/index-catalogue.ts';
import { catalogueEntry, classifyIndices, type Ownership } from '../../../ownership/index-ownership.ts';
import type { TemplateCapsule } from '../../manifest/index-facts.ts';
import { patternsOverlap } from './template-overlaps.ts';
import { componentsOf, patternsOf, policiesOf } from './template-references.ts';

/**
 * Known: certainly ours, so that a restore may put it back. Ambiguous or unknown: put back where it is missing, and never over another one.
 * The others are of another component or installation, and are left alone.
 */
export const TEMPLATE_CLASSES = ['known', 'ambiguous', 'unknown', 'otherComponent', 'otherInstallation'] as const;
export type TemplateClass = (typeof TEMPLATE_CLASSES)[number];

/** By `kind/name`. */
export type TemplateOwners = ReadonlyMap<string, TemplateClass>;

export type KnownNames = {
  readonly prefix: string;
  /** The indices that the backup holds. */
  readonly held: readonly string[];
  /** Others under the prefix: those in the engine, and those that were there when the backup was made. */
  readonly others: readonly string[];
};

/** Pure: whose the templates are, by the same rule as for indices: by their own names, their patterns, and what uses them. */
export const templateOwners = (capsule: TemplateCapsule, { prefix, held, others }: KnownNames): TemplateOwners => {
  const all = [...held, ...others];
  const ownership = classifyIndices(prefix, all);
  const byName = (name: string) => foreignName(prefix, ownership, name);
  const patterned = (template: unknown) => classOfPatterns(prefix, ownership, patternsOf(template));
  const indexTemplates = classes(capsule.indexTemplates, byName, patterned);
  const legacyTemplates = classes(capsule.legacyTemplates, byName, patterned);
  const componentTemplates = classes(capsule.componentTemplates, byName, (_, name) =>
    classOfUsers(usersOf(capsule.indexTemplates, indexTemplates, componentsOf, name)),
  );
  const isAllOurs = held.every((name) => ownership.get(name)?.class === 'known');
  const lifecyclePolicies = classes(capsule.lifecyclePolicies, byName, (_, name) => {
    const users = [
      ...usersOf(capsule.indexTemplates, indexTemplates, policiesOf, name),
      ...usersOf(capsule.componentTemplates, componentTemplates, policiesOf, name),
      ...usersOf(capsule.legacyTemplates, legacyTemplates, policiesOf, name),
    ];
    // no template uses it: an index of the backup does
    return users.length === 0 && isAllOurs ? 'known' : classOfUsers(users);
  });
  const kinds = { lifecyclePolicies, componentTemplates, indexTemplates, legacyTemplates };
  return new Map(
    Object.entries(kinds).flatMap(([kind, found]) =>
      [...found].map(([name, one]) => [`${kind}/${name}`, one] as const),
    ),
  );
};

type Classes = ReadonlyMap<string, TemplateClass>;

/** The name alone proves that it is foreign; undefined: it does not. */
const foreignName = (prefix: string, ownership: Ownership, name: string): TemplateClass | undefined => {
  if (catalogueEntry(prefix, name) !== undefined) return undefined;
  const found = classifyIndices(prefix, [name]).get(name)?.class;
  if (found === 'otherComponent' || found === 'otherInstallation') return found;
  return installationsIn(ownership).some((other) => name.startsWith(`${other}-`)) ? 'otherInstallation' : undefined;
};

const installationsIn = (ownership: Ownership): readonly string[] => [
  ...new Set([...ownership.values()].flatMap(({ installation }) => installation ?? [])),
];

const FOREIGN: ReadonlySet<TemplateClass> = new Set(['otherComponent', 'otherInstallation']);

const classes = (
  templates: Readonly<Record<string, unknown>>,
  byName: (name: string) => TemplateClass | undefined,
  byContents: (template: unknown, name: string) => TemplateClass,
): Classes =>
  new Map(Object.entries(templates).map(([name, template]) => [name, byName(name) ?? byContents(template, name)]));

const usersOf = (
  templates: Readonly<Record<string, unknown>>,
  found: Classes,
  uses: (template: unknown) => readonly string[],
  name: string,
): readonly TemplateClass[] =>
  Object.entries(templates)
    .filter(([, template]) => uses(template).includes(name))
    .map(([user]) => found.get(user) ?? 'unknown');

/** What another installation uses as well is not ours alone. */
const classOfUsers = (users: readonly TemplateClass[]): TemplateClass => {
  const [first] = users;
  if (first === undefined) return 'unknown';
  if (users.every((user) => user === 'known')) return 'known';
  if (users.every((user) => FOREIGN.has(user))) return first;
  return users.includes('known') ? 'ambiguous' : 'unknown';
};

const classOfPatterns = (prefix: string, ownership: Ownership, patterns: readonly string[]): TemplateClass => {
  const found = patterns.map((pattern) => classOfPattern(prefix, ownership, pattern));
  const [first = 'unknown'] = found;
  if (found.includes('known')) return 'known';
  if (found.includes('ambiguous')) return 'ambiguous';
  return found.every((one) => FOREIGN.has(one)) ? first : 'unknown';
};

/** One that fits names outside the prefix too, or those of another installation, is not ours alone. */
const classOfPattern = (prefix: string, ownership: Ownership, pattern: string): TemplateClass => {
  const overlaps = (one: string): boolean => patternsOverlap(pattern, one);
  const isOfOther = installationsIn(ownership).some((other) => overlaps(`${other}-*`));
  if (ourPatterns(prefix).some(overlaps)) return isOfOther || !pattern.startsWith(`${prefix}-`) ? 'ambiguous' : 'known';
  if (isOfOther) return 'otherInstallation';
  return componentPatterns(prefix).some(overlaps) ? 'otherComponent' : 'unknown';
};

/** Of all names that the catalogue knows under the prefix, in both forms. */
const ourPatterns = (prefix: string): readonly string[] =>
  [`${prefix}-`, `${prefix}-optimize-`].flatMap((form) => [
    ...STATIC_NAMES.map((name) => `${form}${name}_v*`),
    ...DYNAMIC_FAMILIES.map((family) => `${form}${family}-*`),
  ]);

const componentPatterns = (prefix: string): readonly string[] =>
  OTHER_COMPONENTS.flatMap((component) => [`${prefix}-${component}-*`, `${prefix}-${component}_*`]);
