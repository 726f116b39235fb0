import { SUPPORTED_ENGINES } from '@tandem/shared/domain/supported-engines.ts';
import type { EngineKind } from '../../port.ts';
import { type Fields, isFields } from '../reply-fields.ts';
import type { Reply } from '../transport/http-client.ts';
import { oldestOf, unsupportedVersion } from './supported-versions.ts';

/**
 * Replies to the two questions, whatever their status; undefined: there was none. `root`: `GET /`; `nodes`: `GET /_nodes`, for all nodes.
 */
export type Introduction = { readonly root: Reply | undefined; readonly nodes: Reply | undefined };

type Replies = { readonly root: Reply; readonly nodes: Reply };

export type Identity =
  | { readonly kind: EngineKind; readonly version: string }
  /** Something that Tandem must not write to, in words: "OpenSearch 1.3.20". */
  | { readonly unsupported: string }
  /** The replies do not say what it is. */
  | 'unclear';

const textIn = (fields: Fields, name: string): string | undefined => {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const isGood = ({ status }: Reply): boolean => status >= 200 && status < 300;

const bodyOf = (reply: Reply): Fields => (isGood(reply) && isFields(reply.body) ? reply.body : {});

const isOfElastic = ({ headers }: Reply): boolean => headers['x-elastic-product'] === 'Elasticsearch';

/** "OpenSearch/3.8.0 (opensearch)" (seen on 3.8.0, in replies of every status); older ones have no such header. */
const headerVersion = ({ headers }: Reply): string | undefined =>
  /^OpenSearch\/(\S+)/.exec(String(headers['x-opensearch-version'] ?? ''))?.[1];

const SERVERLESS = 'Elasticsearch Serverless, which has no snapshot API';

/** Elastic's serverless answers calls that it lacks in its own way. */
const isServerless = ({ body }: Reply): boolean => {
  const error = isFields(body) ? body.error : undefined;
  return isFields(error) && error.type === 'api_not_available_exception';
};

/**
 * What the replies say the product is; undefined: nothing. OpenSearch names itself in `GET /`, also where it pretends to be 7.10; its nodes
 * have a `build_type` and, unlike those of Elasticsearch since 6.3, no `build_flavor`.
 */
const productIn = ({ root, nodes }: Replies, version: Fields, each: readonly Fields[]): string | undefined => {
  const distribution = textIn(version, 'distribution');
  if (distribution !== undefined) return distribution;
  const flavors = [version, ...each].flatMap((fields) => textIn(fields, 'build_flavor') ?? []);
  if (flavors.includes('serverless')) return 'serverless';
  if (flavors.length > 0 || isOfElastic(root) || isOfElastic(nodes)) return 'elasticsearch';
  if ((headerVersion(root) ?? headerVersion(nodes)) !== undefined) return 'opensearch';
  if (each.length > 0 && each.every((node) => textIn(node, 'build_type') !== undefined)) return 'opensearch';
  return textIn(bodyOf(root), 'tagline') === 'You Know, for Search' ? 'elasticsearch' : undefined;
};

/** Whether nodes of the cluster are missing in the reply, or there is none. An engine that never allows this question lacks none. */
export const lacksNodes = (nodes: Reply | undefined): boolean => {
  const counts = nodes === undefined ? undefined : bodyOf(nodes)._nodes;
  return nodes === undefined || (isFields(counts) && typeof counts.failed === 'number' && counts.failed > 0);
};

const NO_REPLY: Reply = { status: 0, headers: {}, body: undefined };

/** Every node that replied counts: while a cluster is upgraded the oldest decides. */
export const identify = (replies: Introduction): Identity => {
  const { root = NO_REPLY, nodes = NO_REPLY } = replies;
  const introduction = { root, nodes };
  if (isServerless(root) || isServerless(nodes)) return { unsupported: SERVERLESS };
  const about = bodyOf(root).version;
  const version = isFields(about) ? about : {};
  const listed = bodyOf(nodes).nodes;
  const each = Object.values(isFields(listed) ? listed : {}).filter(isFields);
  const product = productIn(introduction, version, each);
  const versions = each.flatMap((node) => textIn(node, 'version') ?? []);
  const number = oldestOf(versions) ?? textIn(version, 'number') ?? headerVersion(nodes) ?? headerVersion(root);
  if (product === 'serverless') return { unsupported: SERVERLESS };
  if (product === 'elasticsearch' || product === 'opensearch')
    return number === undefined ? 'unclear' : ofKind(product, number);
  if (product !== undefined) return { unsupported: [`an engine of the kind "${product}"`, number].join(' ').trim() };
  return isAnswered(root) ? { unsupported: 'neither Elasticsearch nor OpenSearch' } : 'unclear';
};

const ofKind = (kind: EngineKind, version: string): Identity =>
  unsupportedVersion(kind, version)
    ? { unsupported: `${SUPPORTED_ENGINES[kind].label} ${version}` }
    : { kind, version };

/** A JSON object of something else; a page may come from a proxy that stands in for an engine that is away. */
const isAnswered = (root: Reply): boolean => isGood(root) && isFields(root.body);
