import { nameList } from '../../../name-list.ts';
import type { TemplateKind } from '../../manifest/index-facts.ts';
import type { PlanFacts } from '../plan-facts.ts';
import { type PlanWarning, warningOf } from './warning.ts';

const KIND_WORDS: Readonly<Record<TemplateKind, string>> = {
  lifecyclePolicies: 'lifecycle policies',
  componentTemplates: 'component templates',
  indexTemplates: 'index templates',
  legacyTemplates: 'legacy templates',
};

/** TEMPLATES_OVERLAP: saved templates that the engine would refuse. TEMPLATES_UNKNOWN: those that were not read, then or now. */
export const templateWarnings = ({ templateOverlaps, templates }: PlanFacts): readonly PlanWarning[] => [
  ...warningOf(
    'TEMPLATES_OVERLAP',
    templateOverlaps,
    (found) =>
      `The engine refuses a template that overlaps another of the same priority: ${nameList(found)}. With "restoreTemplates": true these stay as they are, and the report names them.`,
  ),
  ...warningOf(
    'TEMPLATES_UNKNOWN',
    (templates?.unknown ?? []).map(
      ({ kind, when, reason }) =>
        `${KIND_WORDS[kind]} ${when === 'now' ? 'of the cluster now' : 'when the backup was saved'} (${reason})`,
    ),
    (found) =>
      `The engine did not report these templates, which are not compared and not put back: ${nameList(found)}.`,
  ),
];
