import { NetworkError, type NetworkProblem } from '../network-error.ts';

const TLS = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|EPROTO)/;
const TIMEOUTS = /^(ETIMEDOUT|UND_ERR_(HEADERS|CONNECT|BODY)_TIMEOUT)$/;
const NOT_CONNECTED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

type Found = { readonly code: string; readonly message: string };

/** fetch hides what happened in `cause`; an address with several IPs fails with one error for each. */
const innermost = (error: unknown): Found => {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const [first] = error instanceof AggregateError ? error.errors : [];
  const inner: unknown = error.cause ?? first;
  if (inner instanceof Error) return innermost(inner);
  const { code } = error as { readonly code?: unknown };
  return { code: typeof code === 'string' ? code : '', message: error.message };
};

const problemOf = (code: string): NetworkProblem => {
  if (TLS.test(code)) return 'tls';
  return TIMEOUTS.test(code) ? 'timeout' : 'unreachable';
};

const ADVICE: Readonly<Record<NetworkProblem, string>> = {
  unreachable: 'Check the URL, and that Tandem runs there.',
  timeout: 'Check that Tandem is ready, and the network.',
  tls: 'Check the URL, the CA, and the client certificate.',
};

type Sent = Pick<Request, 'url' | 'method'>;

const mayChangeSomething = ({ method }: Sent): boolean => method !== 'GET' && method !== 'HEAD';

/** What fetch rejected with. */
export const networkErrorOf = (cause: unknown, request: Sent): NetworkError => {
  const { code, message } = innermost(cause);
  const problem = problemOf(code);
  const words = problem === 'tls' ? 'No secure connection to' : 'No response from';
  return new NetworkError(`${words} ${new URL(request.url).origin}: ${message}. ${ADVICE[problem]}`, {
    ...{ problem, cause },
    mayHaveArrived: mayChangeSomething(request) && problem !== 'tls' && !NOT_CONNECTED.test(code),
  });
};

export const timedOut = (request: Sent, timeoutMs: number): NetworkError =>
  new NetworkError(`No response from ${new URL(request.url).origin} within ${timeoutMs / 1000} s. ${ADVICE.timeout}`, {
    problem: 'timeout',
    mayHaveArrived: mayChangeSomething(request),
  });
