import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../canonical-json.ts';
import type { IndexFacts, TemplateCapsule } from './index-facts.ts';
import { indexShape, keptManifest, manifestFrom, namedInManifest, UNKNOWN_ALIASES } from './manifest.ts';

const digestOf = (text: string) => `digest of ${text}`;
const facts: IndexFacts = {
  ...{ name: 'optimize-alert_v4', uuid: 'u1', open: true, createdVersion: 8, primaries: 2, replicas: 1 },
  aliases: { 'optimize-alert': { is_write_index: true } },
  ...{ mappings: { b: 1, a: 2 }, settings: { x: '1' } },
  blocks: { 'index.blocks.write': 'true' },
  allocation: { 'index.routing.allocation.require.box': 'hot' },
};
const capsule = { lifecyclePolicies: {}, componentTemplates: {}, indexTemplates: {}, legacyTemplates: {} };
const figures = [{ name: 'optimize-alert_v4', documents: 3, operations: 4, primaryBytes: 500 }];

describe('the shape of an index', () => {
  it('is what a restored copy is compared with', () => {
    expect(indexShape(facts, digestOf)).toEqual({
      ...{ name: 'optimize-alert_v4', createdVersion: 8, primaries: 2, replicas: 1, open: true },
      ...{ mapping: digestOf('{"a":2,"b":1}'), settings: digestOf('{"x":"1"}') },
      ...{ blocks: facts.blocks, allocation: facts.allocation },
      ...{ aliases: digestOf('{"optimize-alert":{"is_write_index":true}}'), writes: { 'optimize-alert': true } },
    });
  });

  it('names by alias whether it is marked as the one to write to', () => {
    const aliases = {
      ...{ marked: { is_write_index: true }, not: { is_write_index: false }, unmarked: {}, filtered: { filter: {} } },
      ...{ nothing: null, strange: { is_write_index: 'true' } },
    };
    expect(indexShape({ ...facts, aliases }, digestOf).writes).toEqual({
      ...{ marked: true, not: false, unmarked: null, filtered: null, nothing: null, strange: null },
    });
  });

  it('has unknown aliases where the index was blocked for metadata: the engine lists their names alone', () => {
    const shape = indexShape({ ...facts, blocks: { 'index.blocks.metadata': 'true' } }, digestOf);
    expect(shape.aliases).toBe(UNKNOWN_ALIASES);
    expect('writes' in shape).toBe(false);
  });
});

describe('a manifest', () => {
  const kept = (...rest: readonly Parameters<typeof keptManifest>[4][]) =>
    keptManifest([facts], figures, capsule as TemplateCapsule, digestOf, ...rest);

  it('is kept as three texts under their digests, and the first names the two others', () => {
    const { manifest, shapes, templates } = kept();
    expect(JSON.parse(shapes.text)).toEqual([indexShape(facts, digestOf)]);
    expect(templates.text).toBe(canonicalJson(capsule));
    expect(JSON.parse(manifest.text)).toEqual({ figures, shapes: shapes.digest, templates: templates.digest });
    for (const { digest, text } of [manifest, shapes, templates]) expect(digest).toBe(digestOf(text));
    expect(namedInManifest(manifest.text)).toMatchObject({ shapes: shapes.digest, templates: templates.digest });
  });

  it('is read as it was kept', () => {
    const { manifest, shapes, templates } = kept();
    expect(manifestFrom(manifest.text, shapes.text)).toEqual({
      ...{ figures, templates: templates.digest, shapes: [indexShape(facts, digestOf)] },
    });
  });

  it('names what could not be recorded, and is the same text as before where that is nothing', () => {
    const unrecorded = [{ index: 'optimize-tenant_v3', reason: 'no shard is assigned' }];
    const { manifest, shapes } = kept(unrecorded);
    expect(manifestFrom(manifest.text, shapes.text).unrecorded).toEqual(unrecorded);
    expect(kept([]).manifest).toEqual(kept().manifest);
    expect(kept().manifest.text).not.toContain('unrecorded');
  });
});
