import type { LackingRights, NodeFacts } from '@tandem/shared/domain/doctor/facts.ts';

/** What the doctor needs of an engine in addition. Rejects as `SearchEngine` (port.ts) does. */
export interface ExaminedEngine {
  /** Name, version and clock of every node, sorted by name. Undefined: a managed service does not allow it (4xx). */
  inspectNodes(): Promise<readonly NodeFacts[] | undefined>;

  /**
   * Which privileges of CLUSTER_RIGHTS, and of INDEX_RIGHTS on each of the patterns, the caller lacks. A pattern is a plain name, or one with a
   * `*` at its end. Undefined: the engine has no such call, as OpenSearch and Elasticsearch without security.
   */
  lackingRights(patterns: readonly string[]): Promise<LackingRights | undefined>;

  /**
   * Creates an empty hidden index with one primary and no replica, whose mapping has `_meta: { tandem: 'tandem-doctor' }`. ENGINE_REFUSED: there
   * is one of that name.
   */
  createScratchIndex(name: string): Promise<void>;
}
