import { canonicalJson } from '../../canonical-json.ts';
import { blocksSet } from '../run/index-blocks.ts';
import type { FlatSettings, IndexFacts, IndexFigures, TemplateCapsule } from './index-facts.ts';

/** SHA-256 of a text in lower-case hex; passed in. */
export type DigestOf = (text: string) => string;

/** The facts that do not change while documents are written; most backups share them with the one before. */
export type IndexShape = {
  readonly name: string;
  readonly createdVersion: number;
  readonly primaries: number;
  readonly replicas: number;
  /** Digests of what the engine gave. */
  readonly mapping: string;
  /** Without blocks and allocation filters; where `blocks` is undefined, blocks included (saved-blocks.ts). */
  readonly settings: string;
  readonly aliases: string;
  /** These three are undefined in manifests that were stored before they were recorded. */
  readonly open?: boolean;
  readonly blocks?: FlatSettings;
  readonly allocation?: FlatSettings;
  /** By alias, whether it is marked as the one to write to; null: not marked. Undefined: stored before it was recorded. */
  readonly writes?: Readonly<Record<string, boolean | null>>;
};

/** Why an open index has no figures in a manifest, or no shape either, in the engine's words. */
export type UnrecordedIndex = { readonly index: string; readonly reason: string };

export type Manifest = {
  readonly shapes: readonly IndexShape[];
  readonly figures: readonly IndexFigures[];
  /** Digest of the template capsule. */
  readonly templates: string;
  /** Absent: there is none, or the manifest was stored before they were listed. */
  readonly unrecorded?: readonly UnrecordedIndex[];
};

/** What a part's indices were right before it, and right after. Without the second nothing is known of their documents. */
export type Manifests = { readonly before: Manifest; readonly after: Manifest | undefined };

/** A text that the history keeps once, under its digest. */
export type KeptText = { readonly digest: string; readonly text: string };

/** As the history keeps it: the digest of `manifest` stands for all of it. */
export type KeptManifest = {
  readonly manifest: KeptText;
  readonly shapes: KeptText;
  readonly templates: KeptText;
};

const kept = (value: unknown, digestOf: DigestOf): KeptText => {
  const text = canonicalJson(value);
  return { digest: digestOf(text), text };
};

/** Instead of a digest: the index was blocked for `metadata`, so the engine listed names without filter and routing. */
export const UNKNOWN_ALIASES = '';

/** What is recorded of an index. Mapping, settings and aliases are kept as digests of their canonical JSON: they can be compared, not restored. */
export const indexShape = (facts: IndexFacts, digestOf: DigestOf): IndexShape => ({
  name: facts.name,
  createdVersion: facts.createdVersion,
  primaries: facts.primaries,
  replicas: facts.replicas,
  mapping: digestOf(canonicalJson(facts.mappings)),
  settings: digestOf(canonicalJson(facts.settings)),
  open: facts.open,
  blocks: facts.blocks,
  allocation: facts.allocation,
  ...shapeOfAliases(facts, digestOf),
});

const shapeOfAliases = (
  { aliases, blocks }: IndexFacts,
  digestOf: DigestOf,
): Pick<IndexShape, 'aliases' | 'writes'> => {
  if (blocksSet(blocks).includes('metadata')) return { aliases: UNKNOWN_ALIASES };
  const marks = Object.entries(aliases).map(([alias, value]) => [alias, isMarked(value)]);
  return { aliases: digestOf(canonicalJson(aliases)), writes: Object.fromEntries(marks) };
};

const isMarked = (properties: unknown): boolean | null => {
  const { is_write_index: marked } = (properties ?? {}) as { readonly is_write_index?: unknown };
  return typeof marked === 'boolean' ? marked : null;
};

/** The manifest of a part and the contents to store with it, each by its digest. `unrecorded`: indices that could not be measured. */
export const keptManifest = (
  indices: readonly IndexFacts[],
  figures: readonly IndexFigures[],
  capsule: TemplateCapsule,
  digestOf: DigestOf,
  unrecorded: readonly UnrecordedIndex[] = [],
): KeptManifest => {
  const shapes = kept(
    indices.map((facts) => indexShape(facts, digestOf)),
    digestOf,
  );
  const templates = kept(capsule, digestOf);
  return {
    manifest: kept(
      {
        shapes: shapes.digest,
        figures,
        templates: templates.digest,
        ...(unrecorded.length === 0 ? {} : { unrecorded }),
      },
      digestOf,
    ),
    shapes,
    templates,
  };
};

/** The digests that the text of a manifest names. */
export const namedInManifest = (text: string): { readonly shapes: string; readonly templates: string } =>
  JSON.parse(text) as { readonly shapes: string; readonly templates: string };

/** The manifest from its stored text and that of its shapes. The texts must be what `keptManifest` wrote: they are not checked. */
export const manifestFrom = (text: string, shapes: string): Manifest => ({
  ...(JSON.parse(text) as Omit<Manifest, 'shapes'>),
  shapes: JSON.parse(shapes) as readonly IndexShape[],
});
