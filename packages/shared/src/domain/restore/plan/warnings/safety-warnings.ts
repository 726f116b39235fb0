import type { PlanFacts } from '../plan-facts.ts';
import { type PlanWarning, warning } from './warning.ts';

/** That the backup is a safety backup: it holds what was deleted, whatever that was. */
export const safetyWarnings = ({
  backup: { parts, versionAssumed, optimizeVersion },
}: PlanFacts): readonly PlanWarning[] => {
  const empty = parts.filter(({ state }) => state === 'EMPTY');
  const assumed = `That it was made by Optimize ${optimizeVersion} is assumed: when this backup was taken, the engine reported no version.`;
  return [
    ...empty.map(({ number, of }) =>
      warning(
        'PART_EMPTY',
        `Part ${number} of ${of} holds no index: there was none to save when this backup was taken. Nothing is restored for it.`,
      ),
    ),
    ...(versionAssumed ? [warning('VERSION_ASSUMED', assumed)] : []),
  ];
};
