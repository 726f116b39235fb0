/** A document for the index with this name in the catalogue. */
export type SampleDocument = { name: string; id: string; source: Record<string, unknown> };
