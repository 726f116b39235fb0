import type { OperationKind } from '../operation/operation.ts';
import type { Role } from './role.ts';

/** Who may request an operation of that kind may also retry, cancel and release it; decide here for a new kind. */
const ROLE_OF_KIND = {
  create: 'operator',
  rehearse: 'operator',
  restore: 'restorer',
  delete: 'restorer',
} as const satisfies Readonly<Record<OperationKind, Role>>;

/** The weakest role that may retry or release an operation of that kind. */
export const roleToResume = (kind: OperationKind): Role => ROLE_OF_KIND[kind];

/** The weakest role that may cancel it. With `deleteSnapshots` a cancelled create loses the snapshots that it has finished, too. */
export const roleToCancel = (kind: OperationKind, deleteSnapshots: boolean): Role =>
  kind === 'create' && deleteSnapshots ? ROLE_OF_KIND.delete : ROLE_OF_KIND[kind];
