import type { PlanFacts, RestoreRequest } from '../plan-facts.ts';
import { type Blocker, blocker } from './blocker.ts';

/**
 * The running Optimize has another version than the backup and that was not accepted. Does not apply to rehearsals, and not if either version
 * is unknown.
 */
export const versionBlockers = (
  { acceptVersion, copy }: RestoreRequest,
  { backup, runningVersion }: PlanFacts,
): readonly Blocker[] => {
  const saved = backup.optimizeVersion;
  if (
    copy ||
    backup.versionAssumed ||
    runningVersion === undefined ||
    runningVersion.version === saved ||
    acceptVersion?.toLowerCase() === saved
  )
    return [];
  return [
    blocker(
      'VERSION_DIFFERS',
      [saved, runningVersion.version],
      `The backup is of Optimize ${saved}, and ${runningVersion.source} says ${runningVersion.version}: Optimize does not read the data of another version.`,
      `Install Optimize ${saved}, or send "acceptVersion": ${JSON.stringify(saved)} to restore it anyway.`,
    ),
  ];
};
