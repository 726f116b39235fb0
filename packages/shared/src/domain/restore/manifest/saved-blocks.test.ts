import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../canonical-json.ts';
import type { IndexFacts } from './index-facts.ts';
import { type IndexShape, indexShape, type Manifest } from './manifest.ts';
import { compareIndices, differencesIn } from './manifest-comparison.ts';
import { savedBlocks, withSavedBlocks } from './saved-blocks.ts';

const digestOf = (text: string): string => `digest of ${text}`;

const facts: IndexFacts = {
  name: 'optimize-alert_v4',
  uuid: 'u',
  open: true,
  createdVersion: 8_000_000,
  primaries: 1,
  replicas: 1,
  aliases: {},
  mappings: {},
  settings: { 'index.refresh_interval': '5s', 'index.number_of_shards': '1' },
  blocks: { 'index.blocks.write': 'true' },
  allocation: { 'index.routing.allocation.include._tier_preference': 'data_content' },
};

/** As stored before blocks were recorded. */
const oldShape = (blocks: IndexFacts['blocks']): IndexShape => {
  const { open: _, blocks: __, allocation: ___, ...shape } = indexShape(facts, digestOf);
  return { ...shape, settings: digestOf(canonicalJson({ ...facts.settings, ...blocks })) };
};

const manifest = (...shapes: IndexShape[]): Manifest => ({ shapes, figures: [], templates: 't' });
const known = (before: IndexShape, after?: IndexShape, found: IndexFacts = facts) =>
  withSavedBlocks(
    { before: manifest(before), after: after === undefined ? undefined : manifest(after) },
    [found],
    digestOf,
  );
const compare = (saved: ReturnType<typeof known>, found: IndexFacts = facts) =>
  differencesIn(
    compareIndices(saved, [facts.name], [{ shape: indexShape(found, digestOf), figures: undefined }], 'saved'),
  );

describe('a manifest that records blocks', () => {
  it('has what an index was saved with, and a digest that they do not change', () => {
    const shape = indexShape(facts, digestOf);
    expect(shape).toMatchObject({ open: true, blocks: facts.blocks, allocation: facts.allocation });
    expect(indexShape({ ...facts, blocks: {}, allocation: {} }, digestOf).settings).toBe(shape.settings);
    expect(savedBlocks(known(shape), facts.name)).toEqual(facts.blocks);
  });

  it('says nothing of an index that it does not hold', () => {
    const saved = known(indexShape(facts, digestOf));
    expect(savedBlocks(saved, 'optimize-other_v1')).toBeUndefined();
  });

  it('compares equal whatever blocks the restored index has', () => {
    expect(compare(known(indexShape(facts, digestOf)), { ...facts, blocks: {} })).toEqual([]);
  });

  it('takes the later ones where they changed while the index was saved', () => {
    const [early, late] = [indexShape({ ...facts, blocks: {} }, digestOf), indexShape(facts, digestOf)];
    expect(savedBlocks(known(early, late), facts.name)).toEqual(facts.blocks);
    expect(savedBlocks(known(late, early), facts.name)).toEqual({});
  });
});

describe('an index that was saved with the block metadata', () => {
  const blocks = { 'index.blocks.metadata': 'true' };

  it('is not compared by its aliases, which the engine lists without filter and routing', () => {
    const shape = indexShape({ ...facts, blocks, aliases: { 'optimize-alert': {} } }, digestOf);
    expect(shape.writes).toBeUndefined();
    const marked = { ...facts, aliases: { 'optimize-alert': { is_write_index: true } } };
    expect(compare(known(shape), marked)).toEqual([]);
    expect(compare(known(indexShape(marked, digestOf)), facts)).toMatchObject([{ what: 'aliases' }]);
  });
});

describe('a manifest from before, whose settings are one digest', () => {
  it.each([
    {},
    { 'index.blocks.write': 'true' },
    { 'index.blocks.write': 'false' },
    { 'index.blocks.read_only': 'true' },
    { 'index.blocks.metadata': 'true', 'index.blocks.read': 'true' },
    {
      'index.blocks.write': 'false',
      'index.blocks.read': 'true',
      'index.blocks.metadata': 'false',
      'index.blocks.read_only': 'true',
    },
  ])('with %j compares equal to the index without, and says what was saved', (blocks) => {
    const saved = known(oldShape(blocks as IndexFacts['blocks']));
    expect(compare(saved)).toEqual([]);
    expect(savedBlocks(saved, facts.name)).toEqual(blocks);
  });

  it('still differs where another setting does, and then says nothing of blocks', () => {
    const found = { ...facts, settings: { ...facts.settings, 'index.refresh_interval': '30s' } };
    const saved = known(oldShape({ 'index.blocks.write': 'true' }), undefined, found);
    expect(compare(saved, found)).toMatchObject([{ index: facts.name, what: 'settings' }]);
    expect(savedBlocks(saved, facts.name)).toBeUndefined();
  });

  it('may stand beside one that records them', () => {
    const saved = known(oldShape({}), indexShape(facts, digestOf));
    expect(compare(saved)).toEqual([]);
    expect(savedBlocks(saved, facts.name)).toEqual(facts.blocks);
  });

  it('says nothing of an index that did not come back', () => {
    const saved = withSavedBlocks({ before: manifest(oldShape({})), after: undefined }, [], digestOf);
    expect(savedBlocks(saved, facts.name)).toBeUndefined();
    expect(savedBlocks(saved, 'optimize-other_v1')).toBeUndefined();
  });
});
