import type { ConnectedEngine, EngineSettings } from '../connected-engine.ts';
import { connectRest } from '../rest/rest-engine.ts';
import type { EngineVariant } from '../rest/variant.ts';
import { elasticsearchClient } from './elasticsearch-client.ts';
import { elasticsearchInfoIn } from './elasticsearch-info.ts';

/** Elasticsearch 7.17, 8 and 9. */
export const elasticsearch: EngineVariant = {
  kind: 'elasticsearch',
  client: elasticsearchClient,
  adapted: (request) => request,
  // the reply to a write proves it by itself, and 7.17 leaves the header out of some (seen on 7.17.29)
  whyForeign: ({ headers }) =>
    headers['x-elastic-product'] === 'Elasticsearch'
      ? undefined
      : 'the answer lacks the header x-elastic-product: Elasticsearch',
  nodeFields: 'nodes.*.version,nodes.*.index_version',
  infoIn: elasticsearchInfoIn,
  // system features would bring indices that are not in the plan
  bodyExtras: { feature_states: ['none'] },
  limitsSnapshots: true,
  countsSnapshots: true,
};

/** One that is known to be of this kind; `connectRest` says what it does. */
export const connectElasticsearch = (settings: EngineSettings): ConnectedEngine => connectRest(settings, elasticsearch);
