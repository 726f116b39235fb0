import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import {
  TEMPLATE_KINDS,
  type TemplateCapsule,
  type TemplateKind,
} from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import { templateOverlaps } from '@tandem/shared/domain/restore/plan/templates/template-overlaps.ts';
import {
  componentsOf,
  patternsOf,
  policiesIn,
  policiesOf,
} from '@tandem/shared/domain/restore/plan/templates/template-references.ts';
import type { Fields } from '../reply-fields.ts';

export const noTemplates: TemplateCapsule = {
  lifecyclePolicies: {},
  componentTemplates: {},
  indexTemplates: {},
  legacyTemplates: {},
};

type Named = Readonly<Record<string, unknown>>;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `*` stands for any characters, as in all patterns of an engine. */
const fits = (pattern: string, prefix: string, names: readonly string[]): boolean => {
  const shape = new RegExp(`^${pattern.split(/\*+/).map(escaped).join('.*')}$`, 's');
  return pattern.startsWith(`${prefix}-`) || names.some((name) => shape.test(name));
};

const picked = (all: Named, isSelected: (name: string, value: unknown) => boolean): Named =>
  Object.fromEntries(
    Object.entries(all)
      .filter(([name, value]) => isSelected(name, value))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

export type Selection = {
  readonly prefix: string;
  readonly names: readonly string[];
  /** Of the indices of those names, flat. */
  readonly settings: readonly Fields[];
};

/** What of an engine's templates goes with the indices of those names: see `readTemplates` of index-port.ts. */
export const chooseTemplates = (all: TemplateCapsule, { prefix, names, settings }: Selection): TemplateCapsule => {
  const isFitting = (_: string, template: unknown) =>
    patternsOf(template).some((pattern) => fits(pattern, prefix, names));
  const indexTemplates = picked(all.indexTemplates, isFitting);
  const legacyTemplates = picked(all.legacyTemplates, isFitting);
  const composed = Object.values(indexTemplates).flatMap(componentsOf);
  const componentTemplates = picked(all.componentTemplates, (name) => composed.includes(name));
  const templates = [indexTemplates, componentTemplates, legacyTemplates].flatMap(Object.values);
  const policies = [...settings.flatMap(policiesIn), ...templates.flatMap(policiesOf)];
  const lifecyclePolicies = picked(all.lifecyclePolicies, (name) => policies.includes(name));
  const { unread } = all;
  return { lifecyclePolicies, componentTemplates, indexTemplates, legacyTemplates, ...omitUndefined({ unread }) };
};

export const mergedTemplates = (one: TemplateCapsule, other: TemplateCapsule): TemplateCapsule =>
  Object.fromEntries(
    TEMPLATE_KINDS.map((kind): [TemplateKind, Named] => [kind, { ...one[kind], ...other[kind] }]),
  ) as Record<TemplateKind, Named>;

/** An engine refuses an index template that overlaps another of the same priority. */
export const withoutOverlaps = (now: TemplateCapsule, put: TemplateCapsule) => {
  const entries = Object.entries(put.indexTemplates);
  const isRefused = ([name, body]: readonly [string, unknown]) =>
    templateOverlaps({ ...noTemplates, indexTemplates: { [name]: body } }, now).length > 0;
  return {
    accepted: { ...put, indexTemplates: Object.fromEntries(entries.filter((entry) => !isRefused(entry))) },
    refused: entries.filter(isRefused).map(([name]) => ({
      template: `indexTemplates/${name}`,
      reason: 'another template of the same priority fits the same names',
    })),
  };
};
