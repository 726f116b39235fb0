/** What an engine says about one index, in our words. */
export type IndexFacts = {
  readonly name: string;
  /** The identity: an index that is deleted and made again has another. */
  readonly uuid: string;
  readonly open: boolean;
  /** `index.version.created`: decides whether an engine can read it. */
  readonly createdVersion: number;
  readonly primaries: number;
  readonly replicas: number;
  /** By alias, with filter and routing as the engine gives them; names alone where the index is blocked for `metadata`. */
  readonly aliases: Readonly<Record<string, unknown>>;
  readonly mappings: unknown;
  /**
   * Flat, below `index.`, without blocks, allocation filters and what differs between an index and its restored copy: uuid, creation date,
   * provided name, versions, replicas, resize source.
   */
  readonly settings: Readonly<Record<string, unknown>>;
  /** `index.blocks.*`, flat, as set: `true` or `false`. */
  readonly blocks: FlatSettings;
  /** `index.routing.allocation.*`, flat. */
  readonly allocation: FlatSettings;
};

export type FlatSettings = Readonly<Record<string, string>>;

/** How much is in an index. A closed one is not measured. */
export type IndexFigures = {
  readonly name: string;
  /** As a search counts them: nested ones are not counted by themselves. */
  readonly documents: number;
  /** Operations that its primaries have numbered so far: whatever is written raises it. */
  readonly operations: number;
  readonly primaryBytes: number;
};

/** Of one index: the sum of (highest sequence number + 1) over its primaries. Every write raises it, and nothing lowers it. */
export type IndexOperations = { readonly name: string; readonly operations: number };

/** Index templates, component templates, legacy templates and lifecycle policies by name, as the engine gives them. */
export const TEMPLATE_KINDS = ['lifecyclePolicies', 'componentTemplates', 'indexTemplates', 'legacyTemplates'] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/** A kind of which the engine does not allow the list to be read, and why. */
export type UnreadTemplates = { readonly kind: TemplateKind; readonly reason: string };

/** Of a kind in `unread` nothing is known: it is empty here. Absent: all were read. */
export type TemplateCapsule = Readonly<Record<TemplateKind, Readonly<Record<string, unknown>>>> & {
  readonly unread?: readonly UnreadTemplates[];
};
