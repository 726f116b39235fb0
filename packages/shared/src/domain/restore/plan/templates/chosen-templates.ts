import { omitUndefined } from '../../../omit-undefined.ts';
import type { TemplateCapsule, TemplateKind } from '../../manifest/index-facts.ts';
import type { RestoreRequest } from '../plan-facts.ts';
import { isSelection } from '../selection.ts';
import { patternsOverlap } from './template-overlaps.ts';
import { componentsOf, patternsOf, policiesOf } from './template-references.ts';

/**
 * The saved templates that a restore is about: all, or those for the chosen indices, which are the templates with a pattern that fits one of
 * them, and the components and lifecycle policies that those use.
 */
export const templatesFor = (
  request: Pick<RestoreRequest, 'rename' | 'only' | 'copy'>,
  saved: TemplateCapsule,
): TemplateCapsule => (isSelection(request) ? chosenTemplates(saved, request.only ?? []) : saved);

const chosenTemplates = (saved: TemplateCapsule, chosen: readonly string[]): TemplateCapsule => {
  const fits = (_: string, template: unknown) =>
    patternsOf(template).some((pattern) => chosen.some((name) => patternsOverlap(pattern, name)));
  const indexTemplates = only(saved.indexTemplates, fits);
  const legacyTemplates = only(saved.legacyTemplates, fits);
  const components = new Set(Object.values(indexTemplates).flatMap(componentsOf));
  const componentTemplates = only(saved.componentTemplates, (name) => components.has(name));
  const users = [indexTemplates, componentTemplates, legacyTemplates].flatMap((some) => Object.values(some));
  const policies = new Set(users.flatMap(policiesOf));
  const lifecyclePolicies = only(saved.lifecyclePolicies, (name) => policies.has(name));
  const { unread } = saved;
  return { lifecyclePolicies, componentTemplates, indexTemplates, legacyTemplates, ...omitUndefined({ unread }) };
};

type Templates = TemplateCapsule[TemplateKind];

const only = (templates: Templates, isChosen: (name: string, template: unknown) => boolean): Templates =>
  Object.fromEntries(Object.entries(templates).filter(([name, template]) => isChosen(name, template)));
