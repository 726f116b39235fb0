import { canonicalJson } from '../../canonical-json.ts';
import type { FlatSettings, IndexFacts } from './index-facts.ts';
import type { DigestOf, IndexShape, Manifests } from './manifest.ts';

/** Those that an operator sets. `index.blocks.read_only_allow_delete` belongs to the engine, and no digest ever covered it. */
const BLOCKS = ['write', 'read', 'metadata', 'read_only'].map((name) => `index.blocks.${name}`);

/** Every combination of each block absent, set or explicitly unset; none comes first. */
const combinationsOf = ([block, ...rest]: readonly string[]): readonly FlatSettings[] =>
  block === undefined
    ? [{}]
    : combinationsOf(rest).flatMap((blocks) => [
        blocks,
        { ...blocks, [block]: 'true' },
        { ...blocks, [block]: 'false' },
      ]);

const COMBINATIONS = combinationsOf(BLOCKS);

/**
 * A shape as it would be stored today. An older one has a single digest over all settings: the combination of blocks that gives this
 * digest together with the settings that `facts` has is what was saved. The shape is returned as it is where none does.
 */
const withBlocks = (shape: IndexShape, { settings }: Pick<IndexFacts, 'settings'>, digestOf: DigestOf): IndexShape => {
  if (shape.blocks !== undefined) return shape;
  const blocks = COMBINATIONS.find(
    (combination) => digestOf(canonicalJson({ ...settings, ...combination })) === shape.settings,
  );
  return blocks === undefined ? shape : { ...shape, blocks, settings: digestOf(canonicalJson(settings)) };
};

/** Pure: the manifests with the blocks of older shapes worked out from what came back, by the names as saved. */
export const withSavedBlocks = (
  { before, after }: Manifests,
  restored: readonly Pick<IndexFacts, 'name' | 'settings'>[],
  digestOf: DigestOf,
): Manifests => {
  const facts = new Map(restored.map((index) => [index.name, index]));
  const known = (shape: IndexShape): IndexShape => {
    const found = facts.get(shape.name);
    return found === undefined ? shape : withBlocks(shape, found, digestOf);
  };
  return {
    before: { ...before, shapes: before.shapes.map(known) },
    after: after === undefined ? undefined : { ...after, shapes: after.shapes.map(known) },
  };
};

/** The blocks that an index was saved with; undefined: no manifest says it. Where they changed while it was saved, the later ones. */
export const savedBlocks = ({ before, after }: Manifests, index: string): FlatSettings | undefined =>
  [after, before]
    .map((manifest) => manifest?.shapes.find(({ name }) => name === index)?.blocks)
    .find((blocks) => blocks !== undefined);
