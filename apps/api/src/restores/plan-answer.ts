import type { RestorePlan } from '@tandem/shared/contract/restores.ts';
import type { RestorePlan as Plan } from '@tandem/shared/domain/restore/plan/planned-restore.ts';

/** As /api/v1 shows it. Tasks and plan hashes have the name of a snapshot as `snapshot`. */
export const planAnswer = ({ parts, ...plan }: Plan): RestorePlan => ({
  ...plan,
  parts: parts.map(({ snapshot: snapshotName, ...part }) => ({ ...part, snapshotName })),
});
