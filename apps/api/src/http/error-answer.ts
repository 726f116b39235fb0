import type { ErrorBody } from '@tandem/shared/contract/optimize-backup.ts';
import type { Problem } from '@tandem/shared/contract/problem.ts';
import type { Failure } from '@tandem/shared/domain/failure/failure.ts';
import type { HttpFailure } from '@tandem/shared/domain/failure/failure-definition.ts';
import { definitionOf } from '@tandem/shared/domain/failure/failures.ts';
import type { Answer } from './route.ts';

/** At /actuator/backup (CONTRACT.md A). */
const optimizeCodes: Readonly<Record<number, ErrorBody['errorCode']>> = { 404: 'notFoundError', 409: 'conflict' };

/** The original answers 500 for whatever the engine or the set-up is to blame for; /api says more. */
const optimizeAnswerTo = ({ fault, status, optimizeStatus }: HttpFailure) =>
  fault === 'server'
    ? { status: optimizeStatus ?? 500, errorCode: 'serverError' as const }
    : { status: optimizeStatus ?? status, errorCode: optimizeCodes[status] ?? 'badRequestError' };

/** Of a code that no request should fail with. */
const OUR_FAULT: HttpFailure = { status: 500, fault: 'server' };

export type RequestRef = { readonly path: string; readonly requestId: string };

const isApi = (path: string): boolean => path === '/api' || path.startsWith('/api/');

/** The failure's own sentence is the detail: it names what was found and what to do. The body is of the family that the path is of. */
export const errorAnswer = (failure: Failure, request: RequestRef): Answer => {
  const { http, title } = definitionOf(failure.code);
  const answer = http ?? OUR_FAULT;
  if (isApi(request.path))
    return problem(failure.data, failure.code, answer.status, title, failure.message, request.requestId);
  const { status, errorCode } = optimizeAnswerTo(answer);
  return optimizeError(status, errorCode, title, failure.message);
};

/** For what nobody foresaw: nothing of the error is told, the request id finds it in the log. */
export const unexpectedAnswer = (request: RequestRef): Answer => {
  const detail = `Something went wrong inside Tandem. Its log has the details under request id ${request.requestId}.`;
  if (!isApi(request.path)) return optimizeError(500, 'serverError', 'Unexpected error.', detail);
  return problem({}, 'UNEXPECTED', 500, 'Unexpected error.', detail, request.requestId);
};

const optimizeError = (
  status: number,
  errorCode: ErrorBody['errorCode'],
  errorMessage: string,
  detailedMessage: string,
): Answer => {
  const body: ErrorBody = { errorCode, errorMessage, detailedMessage };
  return { status, body };
};

/** What may pass by itself is worth another try after this. */
const RETRY_AFTER_S = '5';

const problem = (
  data: object,
  code: string,
  status: number,
  title: string,
  detail: string,
  requestId: string,
): Answer => {
  const body: Problem = { ...data, type: 'about:blank', title, status, detail, code, requestId };
  const headers: Record<string, string> = status === 503 ? { 'Retry-After': RETRY_AFTER_S } : {};
  return { status, body: JSON.stringify(body), contentType: 'application/problem+json; charset=utf-8', headers };
};
