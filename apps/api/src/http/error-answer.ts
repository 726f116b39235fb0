import type { ErrorBody } from '@tandem/shared/contract/optimize-backup.ts';
import type { Problem } from '@tandem/shared/contract/problem.ts';
import type { Failure } from '@tandem/shared/domain/failure/failure.ts';
import type { HttpFailure } from '@tandem/shared/domain/failure/failure-definition.ts';
import { definitionOf } from '@tandem/shared/domain/failure/failures.ts';
import { maskCredentials } from '@tandem/shared/domain/identity/mask-credentials.ts';
import type { Answer } from './route.ts';

export type RequestRef = { readonly path: string; readonly requestId: string };

/**
 * The body has the format of the API that the path belongs to. `detail` is the failure's message: what was found and what to do. What was found may be a
 * credential in the wrong place, which responses do not repeat: proxies log them.
 */
export const errorAnswer = (failure: Failure, { path, requestId }: RequestRef): Answer => {
  const { code } = failure;
  const { http, title } = definitionOf(code);
  const message = maskCredentials(failure.message);
  const data = maskedData(failure.data);
  const answer = isApi(path)
    ? problem({ ...data, title, detail: message, code, requestId }, http ?? OUR_FAULT)
    : optimizeError({ errorMessage: title, detailedMessage: message }, http ?? OUR_FAULT, path);
  return withAdvice(answer, data.retryAfterSeconds);
};

/** The headers that HTTP has for a refusal. Which scheme it is must not depend on what was wrong with the credentials. */
const withAdvice = (answer: Answer, retryAfterSeconds: unknown): Answer => {
  if (answer.status === 401) return { ...answer, headers: { ...answer.headers, 'WWW-Authenticate': 'Bearer' } };
  if (typeof retryAfterSeconds !== 'number') return answer;
  return { ...answer, headers: { ...answer.headers, 'Retry-After': String(retryAfterSeconds) } };
};

const maskedData = (data: Failure['data']): Failure['data'] => JSON.parse(maskCredentials(JSON.stringify(data)));

/** For an error without a code: the response has nothing of it but the request id, which finds it in the log. */
export const unexpectedAnswer = ({ path, requestId }: RequestRef): Answer => {
  const title = 'Unexpected error.';
  const detail = `Something went wrong inside Tandem. Its log has the details under request id ${requestId}.`;
  return isApi(path)
    ? problem({ title, detail, code: 'UNEXPECTED', requestId }, OUR_FAULT)
    : optimizeError({ errorMessage: title, detailedMessage: detail }, OUR_FAULT, path);
};

const isApi = (path: string): boolean => path === '/api' || path.startsWith('/api/');

/** The endpoint of Optimize 3.10 and later; paths match whatever their case, as routes do. */
const isNumbered = (path: string): boolean => /^\/actuator\/backups(\/|$)/i.test(path);

/** Also of a code that no request should fail with. */
const OUR_FAULT: HttpFailure = { status: 500, fault: 'server' };

/** At /actuator (docs/rest.md); any other status of a client's fault is a badRequestError. */
const optimizeCodes: Readonly<Record<number, ErrorBody['errorCode']>> = {
  ...{ 404: 'notFoundError', 409: 'conflict' },
  ...{ 401: 'unauthorized', 403: 'forbidden', 429: 'tooManyRequests' },
};

/**
 * Optimize returns 500 for whatever the engine or the configuration is to blame for; /api has more statuses. From 3.10 on it returns 502 if it
 * cannot connect to the engine.
 */
const optimizeError = (
  messages: Pick<ErrorBody, 'errorMessage' | 'detailedMessage'>,
  http: HttpFailure,
  path: string,
): Answer => {
  const [usual, errorCode] = optimizeKind(http, path);
  const body: ErrorBody = { errorCode, ...messages };
  return { status: http.optimizeStatus ?? usual, body };
};

const optimizeKind = (
  { fault, status, isConnection }: HttpFailure,
  path: string,
): readonly [number, ErrorBody['errorCode']] => {
  if (isConnection && isNumbered(path)) return [502, 'elasticsearchConnectionError'];
  return fault === 'server' ? [500, 'serverError'] : [status, optimizeCodes[status] ?? 'badRequestError'];
};

/** After 503, which may pass by itself. */
const RETRY_AFTER_S = '5';

type Reported = Pick<Problem, 'title' | 'detail' | 'code' | 'requestId'>;

const problem = ({ title, detail, code, requestId, ...data }: Reported, { status }: HttpFailure): Answer => {
  const body: Problem = { ...data, type: 'about:blank', title, status, detail, code, requestId };
  const headers: Record<string, string> = status === 503 ? { 'Retry-After': RETRY_AFTER_S } : {};
  return { status, body: JSON.stringify(body), contentType: 'application/problem+json; charset=utf-8', headers };
};
