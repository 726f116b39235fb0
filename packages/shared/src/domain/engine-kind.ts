/** The kinds of search engine that Tandem talks to. */
export const ENGINE_KINDS = ['elasticsearch', 'opensearch'] as const;
export type EngineKind = (typeof ENGINE_KINDS)[number];
