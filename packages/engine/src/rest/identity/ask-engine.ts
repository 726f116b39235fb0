import { setTimeout as sleep } from 'node:timers/promises';
import { type Sleep, withTimeLimit } from '@tandem/shared/domain/time-limit.ts';
import type { EngineKind } from '../../port.ts';
import { asEngineFailure, type CallContext, codeOfAnswer, ErrorReply, engineFailure } from '../failures/failure.ts';
import type { EngineRequest, Reply } from '../transport/http-client.ts';
import type { EngineVariant } from '../variant.ts';
import type { Found } from './engine-identity.ts';
import { type Introduction, identify, lacksNodes } from './identify.ts';

export type Variants = Readonly<Record<EngineKind, EngineVariant>>;

export type Asking = {
  /** `ended` aborts the request before its call ends. */
  readonly send: (request: EngineRequest, ended: AbortSignal) => Promise<Reply>;
  /** How long the second answer is waited for where the first is enough. */
  readonly patienceMs: number;
  readonly context: CallContext;
  readonly variants: Variants;
  readonly usesApiKey: boolean;
  /** Whether requests are signed for Amazon OpenSearch Service. */
  readonly signs: boolean;
};

/** Some services and builds lack `GET /`, some do not allow it; credentials and an engine that is away are reported as such. */
const LACKING = [400, 403, 404, 405, 410, 500, 501];

const ROOT: EngineRequest = { method: 'GET', path: [''], ignore: LACKING };
/** A node that hangs is left out of the reply in time for it to count. */
const nodesQuestion = (patienceMs: number): EngineRequest => ({
  method: 'GET',
  path: ['_nodes', '_all', 'process'],
  query: {
    filter_path: '_nodes.failed,nodes.*.version,nodes.*.build_flavor,nodes.*.build_type',
    timeout: `${Math.max(1, Math.round(patienceMs * 0.8))}ms`,
  },
  ignore: LACKING,
});

const SERVERLESS_HOST = /\.aoss\.amazonaws\.com(?:[:/]|$)/;

type Answer = { readonly reply?: Reply; readonly error?: unknown };

const settled = (sending: Promise<Reply>): Promise<Answer> =>
  sending.then(
    (reply) => ({ reply }),
    (error: unknown) => ({ error }),
  );

type Answers = { readonly root?: Answer; readonly nodes?: Answer };

const introductionIn = ({ root, nodes }: Answers): Introduction => ({ root: root?.reply, nodes: nodes?.reply });

const requireClear = (answers: Answers): Answers => {
  if (identify(introductionIn(answers)) === 'unclear') throw new Error('unclear');
  return answers;
};

/** Keeps no process alive. */
const sleepUnref: Sleep = (ms, value, options) => sleep(ms, value, { ...options, ref: false });

/** Both answers; once one of them says what the engine is, the other is waited for `patienceMs`. */
const answersOf = async ({ send, patienceMs }: Asking): Promise<Answers> => {
  const ending = new AbortController();
  const { signal } = ending;
  const root = settled(send(ROOT, signal));
  const nodes = settled(send(nodesQuestion(patienceMs), signal));
  const both = Promise.all([root, nodes]).then((answers): Answers => ({ root: answers[0], nodes: answers[1] }));
  const either = Promise.any([
    root.then((answer) => requireClear({ root: answer })),
    nodes.then((answer) => requireClear({ nodes: answer })),
  ]);
  try {
    const first = await either.catch(() => both);
    return await withTimeLimit(sleepUnref, patienceMs, both, () => first);
  } finally {
    ending.abort();
  }
};

/**
 * Two cheap reads, in parallel, one of which is enough: a node that hangs, or a proxy that refuses one of them, must not stop every call.
 * Rejects with a Failure if the engine is away, or allows neither.
 */
export const askEngine = async (asking: Asking): Promise<Found> => {
  const { context, variants, usesApiKey, signs } = asking;
  const refused = (reason: string): Found => ({
    refusal: engineFailure('ENGINE_UNSUPPORTED', context, { reason: `found ${reason}` }),
  });
  if (SERVERLESS_HOST.test(context.url)) return refused('Amazon OpenSearch Serverless, which has no snapshot API');
  const answers = await answersOf(asking);
  const identity = identify(introductionIn(answers));
  if (identity === 'unclear') throw unclear(context, answers);
  if ('unsupported' in identity) return refused(identity.unsupported);
  if (identity.kind === 'opensearch' && usesApiKey)
    return refused(`OpenSearch ${identity.version}, which takes no API key: unset ENGINE_API_KEY, set ENGINE_USERNAME`);
  if (identity.kind === 'elasticsearch' && signs)
    return refused(`Elasticsearch ${identity.version}, which takes no signed requests: unset ENGINE_AWS_REGION`);
  return { variant: variants[identity.kind], lacksNodes: lacksNodes(answers.nodes?.reply) };
};

const unclear = (context: CallContext, { root, nodes }: Answers): unknown => {
  if (root?.reply === undefined || nodes?.reply === undefined) return root?.error ?? nodes?.error;
  if (lacksNodes(nodes.reply)) return engineFailure('ENGINE_TIMEOUT', context, { reason: 'no node says what it is' });
  const { status } = nodes.reply;
  if (status === 403) return asEngineFailure(new ErrorReply(nodes.reply), context);
  const reason = `GET / returns ${root.reply.status} and GET /_nodes ${status}, so that it is not known which engine it is`;
  const code = status < 400 ? 'ENGINE_ANSWER_INVALID' : codeOfAnswer('info', status, undefined);
  return engineFailure(code, context, { status, reason });
};
