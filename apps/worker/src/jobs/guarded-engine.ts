import type { Engine } from '@tandem/engine/port.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/backup.ts';
import type { TickTools } from './job.ts';
import { clusterNow, clusterOf, requireSameCluster } from './same-cluster.ts';

/** What changes nothing. Every other call is guarded: a new one of the port does not compile until it stands in one of both places. */
type Reads =
  | ('info' | 'listIndices' | 'readOptimizeMetadata' | 'readRepository' | 'findSnapshots' | 'listSnapshots')
  | ('snapshotProgress' | 'describeIndices' | 'measureIndices' | 'readOperations' | 'readTemplates')
  | (
      | 'indexRecoveries'
      | 'runningSnapshots'
      | 'capacity'
      | 'clusterConditions'
      | 'storedCopies'
      | 'aliasOwners'
      | 'close'
    );

/**
 * The engine as one tick may use it: a call that changes it is sent only to the cluster that the operation was accepted for, and the lease is
 * checked last, immediately before it is sent. Rejects with CLUSTER_CHANGED, and LeaseLost. A deletion learns its cluster with its first call.
 */
export const guardedEngine = (engine: Engine, operation: ClaimedOperation, tools: TickTools): Engine => {
  let expected = clusterOf(operation);
  const ready = async (): Promise<void> => {
    if (expected === undefined) {
      expected = await clusterNow(engine);
      if (expected !== undefined) await tools.record({ detail: { clusterUuid: expected } });
    } else {
      await requireSameCluster(engine, expected);
    }
    tools.assertHeld();
  };
  const guarded =
    <Arguments extends readonly unknown[], Result>(call: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      await ready();
      return call(...given);
    };
  const writes: Omit<Engine, Reads> = {
    // it writes a file
    verifyRepository: guarded(engine.verifyRepository),
    startSnapshot: guarded(engine.startSnapshot),
    deleteSnapshot: guarded(engine.deleteSnapshot),
    startRestore: guarded(engine.startRestore),
    deleteIndices: guarded(engine.deleteIndices),
    closeIndices: guarded(engine.closeIndices),
    setIndexBlock: guarded(engine.setIndexBlock),
    putTemplates: guarded(engine.putTemplates),
  };
  return { ...engine, ...writes };
};
