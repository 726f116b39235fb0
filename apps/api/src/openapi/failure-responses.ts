import { ErrorBody } from '@tandem/shared/contract/optimize-backup.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { definitionOf, type HttpFailureCode } from '@tandem/shared/domain/failure/failures.ts';
import type { ZodOpenApiExampleObject, ZodOpenApiResponseObject } from 'zod-openapi';
import { errorAnswer, type RequestRef, unexpectedAnswer } from '../http/error-answer.ts';
import type { Answer, Route } from '../http/route.ts';
import { access } from '../identity/access.ts';
import { requestId } from './examples.ts';

/** For unexpected errors. */
const UNEXPECTED = 'UNEXPECTED';
type Code = HttpFailureCode | typeof UNEXPECTED;

const isProblem = ({ contentType }: Answer): boolean => contentType?.startsWith('application/problem+json') === true;

/** The response that the server sends. */
const answerOf = (code: Code, request: RequestRef): Answer => {
  if (code === UNEXPECTED) return unexpectedAnswer(request);
  const { message, data } = definitionOf(code).example;
  return errorAnswer(fail(code, message, data), request);
};

/** Of callers, at every route that not everyone may call. */
const ofCallers: readonly Code[] = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'PROXY_NOT_TRUSTED',
  'HOST_NOT_SERVED',
  'TOO_MANY_REQUESTS',
  'IDENTITY_UNAVAILABLE',
];

/** Failures of callers, of invalid input and of every change, and those that the route declares. */
export const failuresOf = ({ input, method, readsOnly, docs }: Route): readonly Code[] => {
  const called = access[docs.id] === 'public' ? [] : ofCallers;
  const read = input === undefined ? [] : (['REQUEST_INVALID'] as const);
  const unpacked = method === 'get' ? [] : (['BODY_TOO_LARGE', 'MEDIA_TYPE_UNSUPPORTED'] as const);
  const changed = method === 'get' || readsOnly ? [] : (['OUTCOME_UNKNOWN', 'VALUE_REFUSED'] as const);
  return [...new Set<Code>([...called, ...read, ...unpacked, ...docs.failures, ...changed, UNEXPECTED])];
};

type Examples = Record<string, ZodOpenApiExampleObject>;

/** The error responses of a route, by status. Adds their examples to `examples`, each once. */
export const failureResponses = (
  route: Route,
  examples: Examples,
): Readonly<Record<string, ZodOpenApiResponseObject>> => {
  const byStatus = Map.groupBy(
    failuresOf(route).map((code) => ({ code, answer: answerOf(code, { path: route.path, requestId }) })),
    ({ answer }) => answer.status,
  );
  return Object.fromEntries(
    [...byStatus].map(([status, failures]) => [String(status), responseOf(failures, examples)] as const),
  );
};

type Failing = { readonly code: Code; readonly answer: Answer };

const responseOf = (failures: readonly Failing[], examples: Examples): ZodOpenApiResponseObject => {
  const [first] = failures;
  const problem = first !== undefined && isProblem(first.answer);
  const named = failures.map(({ code, answer }) => {
    const name = `${problem ? 'problem' : 'error'}.${code}`;
    const value: unknown = problem ? JSON.parse(String(answer.body)) : answer.body;
    examples[name] = { summary: code, value };
    return [code, { $ref: `#/components/examples/${name}` }] as const;
  });
  const codes = failures.map(({ code }) => code);
  const schema = problem
    ? {
        allOf: [
          { $ref: '#/components/schemas/Problem' },
          { type: 'object' as const, properties: { code: { enum: codes, description: 'The failure code.' } } },
        ],
      }
    : ErrorBody;
  const media = { schema, examples: Object.fromEntries(named) };
  const retryAfter = problem && first.answer.headers?.['Retry-After'] !== undefined;
  return {
    description: codes.join(', '),
    headers: {
      'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' },
      ...(retryAfter ? { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } : {}),
    },
    content: problem ? { 'application/problem+json': media } : { 'application/json': media },
  };
};
