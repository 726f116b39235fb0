import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { type PartRecord, takenParts } from '@tandem/shared/domain/backup/backup.ts';
import { readMemory, writeMemory } from '@tandem/shared/domain/backup/create/create-memory.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import {
  type CheckedNode,
  type CheckMemory,
  type CheckResult,
  type CheckVerdict,
  checkVerdict,
  readCheck,
  writeCheck,
} from '@tandem/shared/domain/repository/repository-check.ts';
import type { TickTools } from '../job.ts';
import type { CreateJob } from './context.ts';

export type Checked =
  /** `nodes` undefined: the verification could not run. */
  | { readonly unable: undefined; readonly memory: CheckMemory; readonly nodes: readonly CheckedNode[] | undefined }
  | { readonly unable: Extract<CheckVerdict, { is: 'unable' }> };

/**
 * Has every node write into the repository. Rejects if the verification must be repeated, or if an operator must fix the repository first.
 * `isFirst`: before part 1.
 */
export const checkNodes = async (
  { engine }: CreateJob,
  { detail, backup }: ClaimedOperation,
  tools: TickTools,
  isFirst: boolean,
): Promise<Checked> => {
  const result = await verified(engine, backup.location.repository);
  const verdict = checkVerdict(readCheck(detail), isFirst, result);
  switch (verdict.is) {
    case 'unable':
      return { unable: verdict };
    case 'again':
      await tools.record({ detail: writeCheck(verdict.memory) });
      throw verdict.failure;
    case 'wait':
      throw verdict.failure;
    case 'continue':
      return { unable: undefined, memory: verdict.memory, nodes: 'nodes' in result ? result.nodes : undefined };
  }
};

const verified = async (engine: CreateJob['engine'], repository: string): Promise<CheckResult> => {
  try {
    return { nodes: await engine.verifyRepository(repository) };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { failure: error };
  }
};

/** Results of creates that were already sent are discarded. */
export const distrust = (
  { detail }: ClaimedOperation,
  parts: readonly PartRecord[],
): NonNullable<OperationChange['detail']> =>
  Object.assign(
    {},
    ...parts.map(({ number }) => writeMemory(number, { ...readMemory(detail, number), distrusted: true })),
  );

/** Parts have succeeded, and a node cannot use the repository now; since when is unknown. */
export const notShared = (
  { backup }: ClaimedOperation,
  { failure, nodes }: Extract<CheckVerdict, { is: 'unable' }>,
): Reason => {
  const ended = takenParts(backup.parts).filter(({ state }) => state === 'SUCCESS').length;
  const who = nodes.length === 0 ? 'A node' : `Node ${nodes.join(', ')}`;
  return {
    code: 'REPOSITORY_NOT_SHARED',
    message: `${who} cannot use repository ${backup.location.repository}, found after ${ended} of ${backup.parts.length} parts: its data may be on its local disk, and a later successful verification does not disprove that. Mount the storage there, then retry: all parts are deleted and taken again. ${failure.message}`,
    data: { ...failure.data, nodes, partsEnded: ended },
  };
};
