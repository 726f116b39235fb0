import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { StackFailure } from '../stack-failure.ts';
import type { EngineAnswer } from './engine-call.ts';

export type SecuredAccess = {
  readonly url: string;
  /** PEM of the authority that signed the engine's certificate. */
  readonly authority: string;
  readonly username: string;
  readonly password: string;
};

const LIMIT_MS = 60_000;

/** One call over TLS with a user's password. Any status but 2xx and those named `accepted` rejects with the answer. */
export const securedCall = async (
  { url, authority, username, password }: SecuredAccess,
  method: string,
  path: string,
  body?: object,
  accepted: readonly number[] = [],
): Promise<EngineAnswer> => {
  const { status, answer } = await new Promise<{ status: number; answer: string }>((resolve, reject) => {
    const sent = request(`${url}/${path}`, {
      method,
      ca: authority,
      auth: `${username}:${password}`,
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    sent.once('error', reject);
    sent.once('response', (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode ?? 0, answer }), reject);
    });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
  if ((status < 200 || status > 299) && !accepted.includes(status)) {
    throw new StackFailure('SAMPLE_DATA_REFUSED', `${method} ${path}: ${status} ${answer.slice(0, 1_000)}`);
  }
  return { status, body: answer.startsWith('{') || answer.startsWith('[') ? JSON.parse(answer) : answer };
};
