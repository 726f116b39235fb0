import { expect } from 'vitest';
import type { World } from '../world.ts';
import type { Api, HttpAnswer } from './api.ts';

type Json = Readonly<Record<string, unknown>>;
/** What /api/v1/backups/{id} answers, as far as tests look into it. */
export type BackupBody = Json & {
  readonly state: string;
  readonly deletedAt: string | null;
  readonly create: { readonly operationId: string; readonly state: string } | null;
  readonly parts: readonly (Json & { readonly number: number; readonly uuid: string | null; readonly state: string })[];
  readonly progress: Readonly<Record<string, number>> | null;
};
export type OperationBody = Json & {
  readonly operationId: string;
  readonly state: string;
  readonly lastError: { readonly code: string; readonly at: string } | null;
  readonly nextAttemptAt: string | null;
  readonly attempts: readonly Json[];
};
export type Page = { readonly items: readonly Json[]; readonly nextCursor: string | null };

export const send = (api: Api, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  api.call(`/api/v1${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });

export const read = async <Body = Json>(api: Api, path: string): Promise<Body> => {
  const answer = await send(api, 'GET', path);
  expect(answer.status, answer.text).toBe(200);
  return answer.json as Body;
};

export const backup = (api: Api, id: string): Promise<BackupBody> => read(api, `/backups/${id}`);
export const operation = (api: Api, id: string): Promise<OperationBody> => read(api, `/operations/${id}`);

/** Asks for a backup and answers the id of its create. */
export const create = async (api: Api, backupId: string, more: object = {}): Promise<string> => {
  const answer = await send(api, 'POST', '/backups', { backupId, ...more });
  expect(answer.status, answer.text).toBe(202);
  return String(answer.json?.operationId);
};

export const untilOperation = (world: World, operationId: string, state: string): Promise<OperationBody> =>
  world.until(
    `operation ${operationId} is ${state}`,
    () => operation(world.api, operationId),
    (seen) => seen.state === state,
  );

/** RFC 9457, complete. Answers its detail. */
export const expectProblem = ({ status, headers, text, json }: HttpAnswer, wanted: number, code: string): string => {
  expect({ status, type: headers.get('content-type') }, text).toEqual({
    status: wanted,
    type: 'application/problem+json; charset=utf-8',
  });
  expect(json).toMatchObject({
    type: 'about:blank',
    status: wanted,
    code,
    title: expect.stringMatching(/^\S.*\.$/),
    detail: expect.stringMatching(/^\S.*[.?]$/s),
    requestId: headers.get('x-request-id'),
  });
  expect(text).not.toMatch(/\n\s+at |node_modules|\.ts:|file:\/\//);
  return String(json?.detail);
};
