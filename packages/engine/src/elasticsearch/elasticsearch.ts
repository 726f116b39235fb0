import type { ConnectedEngine, EngineSettings } from '../connected-engine.ts';
import { connectVariant } from '../rest/rest-engine.ts';
import type { EngineVariant } from '../rest/variant.ts';
import { elasticsearchClient } from './elasticsearch-client.ts';
import { elasticsearchInfoIn } from './elasticsearch-info.ts';

/** Elasticsearch 7.17, 8 and 9. */
export const elasticsearch: EngineVariant = {
  kind: 'elasticsearch',
  client: elasticsearchClient,
  nodeFields: 'nodes.*.version,nodes.*.index_version',
  infoIn: elasticsearchInfoIn,
  // system features would bring indices that are not in the plan
  bodyExtras: { feature_states: ['none'] },
  countsSnapshots: true,
};

/** `connectVariant` says what it does. */
export const connectElasticsearch = (settings: EngineSettings): ConnectedEngine =>
  connectVariant(settings, elasticsearch);
