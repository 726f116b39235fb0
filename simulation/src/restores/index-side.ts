import type { NewRestore } from '@tandem/engine/port.ts';
import { restoreTargets } from '@tandem/engine/restore-targets.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import type { Scene } from '../scenario/scene.ts';

/** Uuids by name of those that are there. */
export const uuidsOf = async ({ engine }: Scene, names: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const facts = names.length === 0 ? [] : await engine.port.describeIndices(names);
  return new Map(facts.map(({ name, uuid }) => [name, uuid]));
};

export const isComplete = ({ state, shards }: Snapshot): boolean => state === 'SUCCESS' && shards.failed === 0;

export const targetNames = (restore: NewRestore): readonly string[] => [...restoreTargets(restore).values()];

/** Everything that is there, whoever made it. */
export const allNames = async ({ engine }: Scene): Promise<readonly string[]> =>
  (await Promise.all(PREFIXES.map((prefix) => engine.port.listIndices(prefix)))).flat().map(({ name }) => name);

const PREFIXES = ['optimize', 'copy', 'tandem'];

/** A running snapshot holds it, as engines say. */
export const isHeld = ({ engine, scenario }: Scene, name: string): boolean =>
  scenario.repositories.some((repository) =>
    engine.port.snapshots(repository).some(({ state, indices }) => state === 'IN_PROGRESS' && indices.includes(name)),
  );

/** Its recovery ends some time from now, unless the index is another one then. */
export const endLater = (world: Scene, name: string, uuid: string, longestMs: number): void => {
  const { scheduler, random, engine, calm } = world;
  const longest = !calm && random.chance(0.05) ? 40_000 : longestMs;
  scheduler.after(random.between(0, longest), () => void endRecovery(world, name, uuid, engine.port.finishRestore));
};

const endRecovery = async (world: Scene, name: string, uuid: string, finish: (name: string) => void) => {
  const now = (await uuidsOf(world, [name])).get(name);
  if (now === uuid && world.engine.port.restoring().includes(name)) finish(name);
};

/** An operator makes a copy read-only, sooner or later, which keeps it from being deleted. */
export const blockLater = (world: Scene, name: string, uuid: string, share: number): void => {
  const { scheduler, random, engine, trace } = world;
  if (!random.chance(share)) return;
  scheduler.after(random.between(0, 3_000), async () => {
    if ((await uuidsOf(world, [name])).get(name) !== uuid) return;
    trace?.(`world  an operator makes ${name} read-only`);
    engine.port.setBlocked(name, 'read_only', true);
  });
};
