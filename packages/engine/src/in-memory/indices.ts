import type { IndexFacts, IndexFigures } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import type { IndexBlock } from '@tandem/shared/domain/restore/run/index-blocks.ts';
import type { IndexEngine, NewRestore } from '../index-port.ts';
import { settingFacts } from '../index-settings.ts';
import { chooseTemplates, mergedTemplates, withoutOverlaps } from '../rest/indices/template-choice.ts';
import { requireIndexNames } from '../rest/request-rules.ts';
import { type EngineMethod, type InMemoryCalls, refuse } from './calls.ts';
import { inMemoryConditions, primaryBytesOf } from './conditions.ts';
import { ownRecovery, type RestoreContext, recoveryOf, startRestoreIn } from './restore.ts';
import { blocksOf, type World, type WorldIndex } from './world.ts';

type Entry = readonly [name: string, index: WorldIndex];

const there = (world: World, names: readonly string[]): readonly Entry[] => {
  requireIndexNames(names);
  return [...new Set(names)]
    .sort()
    .map((name) => [name, world.indices.get(name)] as const)
    .filter((entry): entry is Entry => entry[1] !== undefined);
};

const factsOf = ([name, index]: Entry): IndexFacts => {
  const { uuid, closed, createdVersion, primaries, replicas, mappings, settings } = index;
  // as an engine lists them where its index API is blocked
  const isBlocked = blocksOf(index).includes('metadata');
  const aliases = isBlocked
    ? Object.fromEntries(Object.keys(index.aliases).map((alias) => [alias, {}]))
    : index.aliases;
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

const figuresOf = ([name, index]: Entry): IndexFigures => ({
  name,
  documents: index.docs,
  operations: index.operations,
  primaryBytes: primaryBytesOf(index),
});

const requireReady = (world: World, method: EngineMethod, [name]: Entry): void => {
  const { state } = world.recoveries.get(name) ?? ownRecovery;
  if (state !== 'DONE') refuse('ENGINE_BUSY', method, `not all shards of ${name} can be read`);
};

const requireUnblocked = (method: EngineMethod, entries: readonly Entry[], forbidding: readonly IndexBlock[]): void => {
  for (const [name, index] of entries) {
    const block = forbidding.find((forbidden) => blocksOf(index).includes(forbidden));
    if (block !== undefined) refuse('ENGINE_BLOCKED', method, `index ${name} is blocked by ${block}`);
  }
};

const requireAllowed = (
  { lacking }: World,
  method: EngineMethod,
  privilege: 'manage' | 'deleteIndex',
  names: readonly string[],
): void => {
  const forbidden = names.find((name) => lacking?.[privilege].includes(name));
  if (forbidden !== undefined) refuse('ENGINE_FORBIDDEN', method, `the caller lacks the privilege on ${forbidden}`);
};

const isMeasurable = (world: World, [name, index]: Entry): boolean =>
  !index.closed &&
  !blocksOf(index).includes('metadata') &&
  (world.recoveries.get(name) ?? ownRecovery).state === 'DONE';

/** While one of these is set, no other setting can be changed. */
const EXEMPT: readonly IndexBlock[] = ['metadata', 'read_only', 'read_only_allow_delete'];

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

/** `onRestore` receives the indices that are being restored. */
export const inMemoryIndices = (
  { call }: InMemoryCalls,
  context: RestoreContext,
  onRestore: (restore: NewRestore, targets: readonly string[]) => void,
): IndexEngine => {
  const { world } = context;
  return {
    describeIndices: (names) =>
      call('describeIndices', names.join(), () => there(world, names).map((entry) => factsOf(entry))),

    createdVersions: (prefix) =>
      call('createdVersions', prefix, () =>
        [...world.indices]
          .filter(([name]) => name.startsWith(`${prefix}-`))
          .map(([name, { createdVersion }]) => ({ name, createdVersion }))
          .sort((one, other) => (one.name < other.name ? -1 : 1)),
      ),

    measureIndices: (names) =>
      call('measureIndices', names.join(), () => {
        const open = there(world, names).filter(([, { closed }]) => !closed);
        requireUnblocked('measureIndices', open, ['metadata', 'read']);
        for (const entry of open) requireReady(world, 'measureIndices', entry);
        return open.map(figuresOf);
      }),

    readOperations: (names) =>
      call('readOperations', names.join(), () =>
        there(world, names)
          .filter((entry) => isMeasurable(world, entry))
          .map(([name, { operations }]) => ({ name, operations })),
      ),

    readTemplates: (prefix, names) =>
      call('readTemplates', prefix, () => {
        const settings = there(world, names).map(([, index]) => index.settings);
        return chooseTemplates(world.templates, { prefix, names, settings });
      }),

    putTemplates: (templates) =>
      call('putTemplates', '', () => {
        const { accepted, refused } = withoutOverlaps(world.templates, templates);
        world.templates = mergedTemplates(world.templates, accepted);
        return refused;
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
        requireAllowed(world, 'deleteIndices', 'deleteIndex', names);
        requireNotBeingSaved(world, names);
        requireUnblocked('deleteIndices', there(world, names), ['metadata', 'read_only']);
        for (const name of names) {
          world.indices.delete(name);
          world.recoveries.delete(name);
        }
      }),

    closeIndices: (names) =>
      call('closeIndices', names.join(), () => {
        const entries = there(world, names);
        requireUnblocked('closeIndices', entries, ['metadata', 'read_only']);
        for (const [name, index] of entries) world.indices.set(name, { ...index, closed: true });
      }),

    setIndexBlock: (names, block, change) =>
      call('setIndexBlock', `${change} ${block} ${names.join()}`, () => {
        const entries = there(world, names);
        requireAllowed(world, 'setIndexBlock', 'manage', names);
        if (!EXEMPT.includes(block)) requireUnblocked('setIndexBlock', entries, ['metadata', 'read_only']);
        for (const [name, index] of entries) {
          const { [`index.blocks.${block}`]: _, ...others } = index.settings;
          const settings = change === 'set' ? { ...others, [`index.blocks.${block}`]: 'true' } : others;
          world.indices.set(name, { ...index, settings });
        }
      }),

    runningSnapshots: () => call('runningSnapshots', '', () => runningIn(world)),

    ...inMemoryConditions({ call }, world),
  };
};
