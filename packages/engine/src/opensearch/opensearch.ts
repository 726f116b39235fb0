import type { ConnectedEngine, EngineSettings } from '../connected-engine.ts';
import { connectRest } from '../rest/rest-engine.ts';
import type { EngineRequest } from '../rest/transport/http-client.ts';
import type { EngineVariant } from '../rest/variant.ts';
import { awsSigning } from './aws-signing.ts';
import { opensearchClient } from './opensearch-client.ts';
import { opensearchInfoIn } from './opensearch-info.ts';

/** OpenSearch deprecated the old name, and notes each use of it in its log. */
const renamed = (request: EngineRequest): EngineRequest => {
  const { master_timeout: timeout, ...others } = request.query ?? {};
  return timeout === undefined ? request : { ...request, query: { ...others, cluster_manager_timeout: timeout } };
};

/** OpenSearch 2 and 3. */
export const opensearch: EngineVariant = {
  kind: 'opensearch',
  client: (url, settings) => opensearchClient(url, settings, settings.aws && awsSigning(settings.aws)),
  adapted: renamed,
  whyForeign: ({ headers }) =>
    headers['x-elastic-product'] === undefined
      ? undefined
      : 'the answer has the header x-elastic-product, so that it comes from Elasticsearch',
  nodeFields: 'nodes.*.version',
  infoIn: opensearchInfoIn,
  bodyExtras: {},
  limitsSnapshots: false,
  countsSnapshots: false,
};

/** One that is known to be of this kind; `connectRest` says what it does. */
export const connectOpensearch = (settings: EngineSettings): ConnectedEngine => connectRest(settings, opensearch);
