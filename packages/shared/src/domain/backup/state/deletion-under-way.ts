import type { DeletionSummary } from '../../operation/operation.ts';
import { isActive } from '../../operation/operation-state.ts';

/**
 * The deletion that workers carry out on a backup and after which it is deleted. Undefined: there is none; a suspended one deletes nothing, and
 * one that cleans up after a cancelled create keeps the backup.
 */
export const deletionUnderWay = (deletion: DeletionSummary | undefined): DeletionSummary | undefined =>
  deletion !== undefined && isActive(deletion.state) && !deletion.keepsBackup ? deletion : undefined;
