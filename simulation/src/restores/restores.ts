import type { Scene } from '../scenario/scene.ts';
import type { RestoreScenario } from './restore-scenario.ts';
import { watchIndices } from './watch/watch-indices.ts';
import { watchRestoreHistory } from './watch/watch-restore-history.ts';
import { isOpen } from './watch/watched-restore.ts';
import { newWatching } from './watch/watching-restores.ts';

/** Sees every effect of restores and rehearsals at the moment it happens. */
export type Restores = ReturnType<typeof newRestores>;

export const newRestores = (world: Scene, scenario: RestoreScenario) => {
  const watching = newWatching(world, scenario);
  const { all, strangers, disturbed, harms } = watching;
  const onGone = (name: string): void => {
    disturbed.set(name, world.scheduler.now());
    for (const [uuid, other] of strangers) if (other === name) strangers.delete(uuid);
  };
  return {
    ...watching,
    open: (): number => [...all.values()].filter(isOpen).length,
    /** A late call of theirs leaves something, or is removed by the sweep. */
    mayComeLate: (): boolean => all.size > 0,
    onGone,
    onRestart: (): void => {
      watching.restarts.count += 1;
    },
    onWritten: (name: string, uuid: string): void => {
      harms.add('written');
      disturbed.set(name, world.scheduler.now());
      watching.written.set(uuid, watching.written.get(uuid) ?? world.scheduler.now());
    },
    onStranger: (name: string, uuid: string): void => {
      harms.add('stranger');
      disturbed.set(name, world.scheduler.now());
      strangers.set(uuid, name);
    },
    ...watchRestoreHistory(watching),
    ...watchIndices(watching),
  };
};
