import type { EngineKind } from '../../port.ts';
import { asEngineFailure, type CallContext, codeOfAnswer, ErrorReply, engineFailure } from '../failures/failure.ts';
import type { EngineRequest, Reply } from '../transport/http-client.ts';
import type { EngineVariant } from '../variant.ts';
import type { Found } from './engine-identity.ts';
import { identify } from './identify.ts';

export type Variants = Readonly<Record<EngineKind, EngineVariant>>;

export type Asking = {
  readonly send: (request: EngineRequest) => Promise<Reply>;
  readonly context: CallContext;
  readonly variants: Variants;
  readonly usesApiKey: boolean;
  /** Whether requests are signed for Amazon OpenSearch Service. */
  readonly signs: boolean;
};

/** Some services and builds lack `GET /`, some do not allow it; credentials and an engine that is away are reported as such. */
const LACKING = [400, 403, 404, 405, 410, 500, 501];

const ROOT: EngineRequest = { method: 'GET', path: [''], ignore: LACKING };
const NODES: EngineRequest = {
  method: 'GET',
  path: ['_nodes', '_all', 'process'],
  query: { filter_path: 'nodes.*.version,nodes.*.build_flavor,nodes.*.build_type' },
  ignore: LACKING,
};

const SERVERLESS_HOST = /\.aoss\.amazonaws\.com(?:[:/]|$)/;

/** Two cheap reads, in parallel. Rejects with a Failure if the engine is away, or allows neither. */
export const askEngine = async ({ send, context, variants, usesApiKey, signs }: Asking): Promise<Found> => {
  const refused = (reason: string): Found => ({
    refusal: engineFailure('ENGINE_UNSUPPORTED', context, { reason: `found ${reason}` }),
  });
  if (SERVERLESS_HOST.test(context.url)) return refused('Amazon OpenSearch Serverless, which has no snapshot API');
  const [root, nodes] = await Promise.all([send(ROOT), send(NODES)]);
  const identity = identify({ root, nodes });
  if (identity === 'unclear') throw unclear(context, root, nodes);
  if ('unsupported' in identity) return refused(identity.unsupported);
  if (identity.kind === 'opensearch' && usesApiKey)
    return refused(`OpenSearch ${identity.version}, which takes no API key: unset ENGINE_API_KEY, set ENGINE_USERNAME`);
  if (identity.kind === 'elasticsearch' && signs)
    return refused(`Elasticsearch ${identity.version}, which takes no signed requests: unset ENGINE_AWS_REGION`);
  return { variant: variants[identity.kind] };
};

const unclear = (context: CallContext, root: Reply, nodes: Reply): Error => {
  const { status } = nodes;
  if (status === 403) return asEngineFailure(new ErrorReply(nodes), context);
  const reason = `GET / returns ${root.status} and GET /_nodes ${status}, so that it is not known which engine it is`;
  const code = status < 400 ? 'ENGINE_ANSWER_INVALID' : codeOfAnswer('info', status, undefined);
  return engineFailure(code, context, { status, reason });
};
