import { ENGINE_WRITES, LEASED_CALLS } from '@tandem/engine/calls-port.ts';
import type { Engine } from '@tandem/engine/port.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { guardedEngine } from '@tandem/worker/jobs/guarded-engine.ts';
import type { TickTools } from '@tandem/worker/jobs/job.ts';
import type { Mutation } from '../mutations/mutation.ts';
import type { SimulatedProcess } from '../processes/simulated-process.ts';
import type { World } from '../scenario/world.ts';
import { beforeEach, describeCall } from './observed-engine.ts';
import { stopBeforeWrite } from './stops.ts';

/** A restore verifies the repository as a plan does, which anybody may make. */
const CREATES_AND_DELETES: ReadonlySet<ClaimedOperation['kind']> = new Set(['create', 'delete']);

/** The engine of a tick, whose writes are known by its claim. */
export const leasedEngine = (
  world: World,
  process: SimulatedProcess,
  engine: Engine,
  operation: ClaimedOperation,
): Engine => {
  const { watch, restores } = world;
  const stopping: Engine = {
    ...engine,
    info: async () => {
      const info = await engine.info();
      await stopBeforeWrite(world, process);
      return info;
    },
    readRepository: async (name) => {
      const repository = await engine.readRepository(name);
      await stopBeforeWrite(world, process);
      return repository;
    },
  };
  return beforeEach(stopping, CREATES_AND_DELETES.has(operation.kind) ? LEASED_CALLS : ENGINE_WRITES, (call, args) =>
    watch.onTickSend(operation, describeCall(call, args), restores?.all.get(operation.operationId)),
  );
};

/** As the worker composes it, with the checks that a mutation leaves. */
export const tickEngine = (
  { unheld }: Mutation,
  engine: Engine,
  operation: ClaimedOperation,
  tools: TickTools,
): Engine => {
  const guarded = guardedEngine(engine, operation, tools);
  if (unheld === undefined) return guarded;
  const open = guardedEngine(engine, operation, { ...tools, assertHeld: () => undefined });
  return { ...guarded, ...Object.fromEntries(unheld(operation).map((call) => [call, open[call]])) };
};
