import type { ConnectedEngine, EngineSettings } from './connected-engine.ts';
import { connectElasticsearch } from './elasticsearch/elasticsearch.ts';
import { connectOpensearch } from './opensearch/opensearch.ts';
import type { EngineKind } from './port.ts';

export type EngineFactory = (settings: EngineSettings) => ConnectedEngine;

/** One line for each kind of engine that Tandem can talk to. */
const engines = { elasticsearch: connectElasticsearch, opensearch: connectOpensearch } satisfies Record<
  EngineKind,
  EngineFactory
>;

/** The engine of that kind. Throws a TypeError for a URL that does not parse; connects with the first call. */
export const connectEngine = ({ kind, ...settings }: EngineSettings & { readonly kind: EngineKind }): ConnectedEngine =>
  engines[kind](settings);
