import type { ConnectedEngine, EngineSettings } from '../connected-engine.ts';
import { connectVariant } from '../rest/rest-engine.ts';
import type { EngineVariant } from '../rest/variant.ts';
import { opensearchClient } from './opensearch-client.ts';
import { opensearchInfoIn } from './opensearch-info.ts';

/** OpenSearch 2 and 3. */
export const opensearch: EngineVariant = {
  kind: 'opensearch',
  client: (url, settings) => opensearchClient(url, settings),
  nodeFields: 'nodes.*.version',
  infoIn: opensearchInfoIn,
  bodyExtras: {},
  countsSnapshots: false,
};

/** `connectVariant` says what it does. */
export const connectOpensearch = (settings: EngineSettings): ConnectedEngine => connectVariant(settings, opensearch);
