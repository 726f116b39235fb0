import type { IndexFacts, IndexFigures } from '@tandem/shared/domain/index-facts.ts';
import { type EngineMethod, type InMemoryCalls, refuse } from './in-memory-calls.ts';
import { ownRecovery, type RestoreContext, recoveryOf, startRestoreIn } from './in-memory-restore.ts';
import type { World, WorldIndex } from './in-memory-world.ts';
import type { IndexEngine, NewRestore } from './index-port.ts';
import { settingFacts } from './index-settings.ts';
import { requireIndexNames } from './request-rules.ts';
import { chooseTemplates, mergedTemplates } from './template-choice.ts';

type Entry = readonly [name: string, index: WorldIndex];

const there = (world: World, names: readonly string[]): readonly Entry[] => {
  requireIndexNames(names);
  return [...new Set(names)]
    .sort()
    .map((name) => [name, world.indices.get(name)] as const)
    .filter((entry): entry is Entry => entry[1] !== undefined);
};

const factsOf = ([name, index]: Entry): IndexFacts => {
  const { uuid, closed, createdVersion, primaries, replicas, aliases, mappings, settings } = index;
  return {
    name,
    uuid,
    open: !closed,
    createdVersion,
    primaries,
    replicas,
    aliases,
    mappings,
    ...settingFacts(settings),
  };
};

const figuresOf = ([name, { docs, operations, primaries }]: Entry): IndexFigures => ({
  name,
  documents: docs,
  operations,
  primaryBytes: primaries * 250 + docs * 100,
});

const requireReady = (world: World, method: EngineMethod, [name]: Entry): void => {
  const { state } = world.recoveries.get(name) ?? ownRecovery;
  if (state !== 'DONE') refuse('ENGINE_BUSY', method, `not all shards of ${name} can be read`);
};

const runningIn = (world: World) =>
  [...world.repositories].flatMap(([repository, { snapshots }]) =>
    [...snapshots.values()]
      .filter(({ facts }) => facts.state === 'IN_PROGRESS')
      .map(({ facts }) => ({ repository, name: facts.name, indices: facts.indices })),
  );

const requireNotBeingSaved = (world: World, names: readonly string[]): void => {
  const held = names.find((name) => runningIn(world).some(({ indices }) => indices.includes(name)));
  if (held !== undefined) refuse('ENGINE_BUSY', 'deleteIndices', `a snapshot of ${held} runs`);
};

/** `onRestore` is told the indices that are being restored. */
export const inMemoryIndices = (
  { call }: InMemoryCalls,
  context: RestoreContext,
  onRestore: (restore: NewRestore, targets: readonly string[]) => void,
): IndexEngine => {
  const { world } = context;
  return {
    describeIndices: (names) =>
      call('describeIndices', names.join(), () => there(world, names).map((entry) => factsOf(entry))),

    measureIndices: (names) =>
      call('measureIndices', names.join(), () => {
        const open = there(world, names).filter(([, { closed }]) => !closed);
        for (const entry of open) requireReady(world, 'measureIndices', entry);
        return open.map(figuresOf);
      }),

    readTemplates: (prefix, names) =>
      call('readTemplates', prefix, () => {
        const settings = there(world, names).map(([, index]) => index.settings);
        return chooseTemplates(world.templates, { prefix, names, settings });
      }),

    putTemplates: (templates) =>
      call('putTemplates', '', () => {
        world.templates = mergedTemplates(world.templates, templates);
      }),

    startRestore: (restore) =>
      call('startRestore', restore.snapshot, () => onRestore(restore, startRestoreIn(context, restore))),

    indexRecoveries: (names) =>
      call('indexRecoveries', names.join(), () =>
        there(world, names).map(([name, index]) => recoveryOf(name, index, world.recoveries.get(name) ?? ownRecovery)),
      ),

    deleteIndices: (names) =>
      call('deleteIndices', names.join(), () => {
        requireIndexNames(names);
        requireNotBeingSaved(world, names);
        for (const name of names) {
          world.indices.delete(name);
          world.recoveries.delete(name);
        }
      }),

    runningSnapshots: () => call('runningSnapshots', '', () => runningIn(world)),

    capacity: () => call('capacity', '', () => world.capacity),
  };
};
