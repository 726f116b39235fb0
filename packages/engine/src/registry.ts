import {
  type ConnectedEngine,
  connectElasticsearch,
  type ElasticsearchSettings,
} from './elasticsearch/elasticsearch.ts';
import type { EngineKind } from './port.ts';

export type EngineFactory = (settings: ElasticsearchSettings) => ConnectedEngine;

/** One line for each kind of engine that Tandem can talk to. */
export const engines = {
  elasticsearch: connectElasticsearch,
} satisfies Partial<Record<EngineKind, EngineFactory>>;
