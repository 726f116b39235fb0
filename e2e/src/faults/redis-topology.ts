import { expect } from 'vitest';
import type { Environment } from '../harness/app-process.ts';
import { createOfPart, type EngineGate, openEngineGate } from '../harness/services/engine-gate.ts';
import type { World } from '../harness/world.ts';
import { expectPromise } from './promise.ts';

/** Backups around a fault of Redis, whose parts the engine is asked for through a gate. */
export type AroundFault = {
  /** One has completed before the fault, one is in the middle of it, one is asked for after it: all complete, each part asked for once. */
  readonly expectNothingLost: (name: string, fault: () => Promise<unknown>) => Promise<void>;
};

/** Starts API and worker of the world with these settings. */
export const startAround = async (world: World, changes: Environment): Promise<AroundFault> => {
  const gate: EngineGate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const settings = { ...changes, CREATES_PER_REPOSITORY: '4' };
  const [api, worker] = await Promise.all([
    world.startApi(settings),
    world.startWorker({ ...settings, ELASTICSEARCH_URL: gate.url }),
  ]);
  Object.assign(world, { api, worker });
  const post = async (id: string) => expect((await world.api.post(id)).status).toBe(200);
  const isUp = async () => JSON.stringify((await world.api.call('/actuator/health/readiness')).json);

  const expectNothingLost: AroundFault['expectNothingLost'] = async (name, fault) => {
    const ids = ['before', 'during', 'after'].map((when) => `${name}-${when}`);
    const [before, during, after] = ids as [string, string, string];
    await post(before);
    await world.api.untilState(before, 'COMPLETED');
    const held = gate.hold(createOfPart(during, 2));
    await post(during);
    await held.arrived;
    await fault();
    await post(after);
    held.decide({ do: 'forward' });
    for (const id of ids) await world.api.untilState(id, 'COMPLETED');
    await expectPromise(world, ids);
    for (const id of ids) for (const part of [1, 2]) expect(gate.seen.filter(createOfPart(id, part))).toHaveLength(1);
    await world.until('Redis counts as up', isUp, (seen) => seen.includes('"redis":{"status":"UP"'));
  };
  return { expectNothingLost };
};
