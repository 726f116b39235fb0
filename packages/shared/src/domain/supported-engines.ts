import type { EngineKind } from './engine-kind.ts';

/** By kind: what it is called, the oldest version that Tandem works with, and the newest major that it is tested with. */
export const SUPPORTED_ENGINES = {
  elasticsearch: { label: 'Elasticsearch', oldest: [7, 17, 0], newestMajor: 9, words: '7.17, 8 and 9' },
  opensearch: { label: 'OpenSearch', oldest: [2, 0, 0], newestMajor: 3, words: '2 and 3' },
} as const satisfies Record<EngineKind, unknown>;
