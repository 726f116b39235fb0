import { checkedBeforeSend, LEASED_CALLS, type LeasedCall } from '@tandem/engine/calls-port.ts';
import type { Engine } from '@tandem/engine/port.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import type { TickTools } from './job.ts';
import { clusterNow, clusterOf, requireSameCluster } from './same-cluster.ts';

/**
 * The engine for one tick: a changing call is sent only to the cluster that the operation was accepted for, and the lease is checked
 * immediately before it is sent; if the engine verifies an address first, again after that. Rejects with CLUSTER_CHANGED, and LeaseLost. A
 * deletion learns its cluster with its first call.
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
  const guarded = (call: LeasedCall) => {
    const send = engine[call] as (...given: readonly unknown[]) => Promise<unknown>;
    return async (...given: readonly unknown[]): Promise<unknown> => {
      await ready();
      return checkedBeforeSend(tools.assertHeld, () => send(...given));
    };
  };
  return { ...engine, ...Object.fromEntries(LEASED_CALLS.map((call) => [call, guarded(call)])) };
};
