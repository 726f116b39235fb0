import { nameList } from '../../../name-list.ts';
import type { PlanFacts } from '../plan-facts.ts';
import { type PlanWarning, warningOf } from './warning.ts';

/** TEMPLATES_OVERLAP: saved templates that the engine would refuse. */
export const templateWarnings = ({ templateOverlaps }: PlanFacts): readonly PlanWarning[] =>
  warningOf(
    'TEMPLATES_OVERLAP',
    templateOverlaps,
    (found) =>
      `The engine refuses a template that overlaps another of the same priority: ${nameList(found)}. With "restoreTemplates": true these stay as they are, and the report names them.`,
  );
