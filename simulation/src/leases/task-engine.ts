import { LEASED_CALLS } from '@tandem/engine/calls-port.ts';
import type { Engine } from '@tandem/engine/port.ts';
import type { SimulatedProcess } from '../processes/simulated-process.ts';
import type { World } from '../scenario/world.ts';
import { beforeEach, describeCall } from './observed-engine.ts';
import { stopBeforeDeletion } from './stops.ts';

type Read = { readonly name: string; readonly uuid: string };

/** The engine of a background task, whose writes are known by its lease. */
export const taskEngine = (world: World, process: SimulatedProcess, task: string, engine: Engine): Engine => {
  const { watch, scheduler } = world;
  /** What the task knows of each name since it last changed anything. */
  const known = new Map<string, { readonly uuid: string; readonly sentAt: number }>();

  const reading = async <T extends Read>(answer: Promise<readonly T[]>): Promise<readonly T[]> => {
    const sentAt = scheduler.now();
    const found = await answer;
    for (const { name, uuid } of found) known.set(name, { uuid, sentAt });
    await stopBeforeDeletion(world, process, found.length > 0);
    return found;
  };
  const namesOf = (call: string, [first, second]: readonly unknown[]): readonly string[] => {
    if (call === 'deleteSnapshot') return [String(second)];
    return call === 'deleteIndices' ? (first as readonly string[]) : [];
  };
  const before = (call: string, args: readonly unknown[]): void => {
    watch.onTaskSend(task, process.name, describeCall(call, args));
    for (const name of namesOf(call, args))
      watch.onTaskDelete(task, { name, uuid: known.get(name)?.uuid }, known.get(name));
    known.clear();
  };
  return {
    ...beforeEach(engine, LEASED_CALLS, before),
    findSnapshots: (repository, names) => reading(engine.findSnapshots(repository, names)),
    indexRecoveries: (names) => reading(engine.indexRecoveries(names)),
  };
};
