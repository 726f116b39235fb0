import { StackFailure } from '../stack-failure.ts';

export type EngineAnswer = { status: number; body: unknown };

const LIMIT_MS = 60_000;

/** One call; `lines` instead of `body` for `_bulk`. Any status but those named `accepted` (2xx always is) rejects with the answer. */
export const engineCall = async (
  engineUrl: string,
  method: string,
  path: string,
  body?: object | string,
  accepted: readonly number[] = [],
): Promise<EngineAnswer> => {
  const response = await fetch(`${engineUrl.replace(/\/$/, '')}/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    signal: AbortSignal.timeout(LIMIT_MS),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok && !accepted.includes(response.status)) {
    throw new StackFailure('SAMPLE_DATA_REFUSED', `${method} ${path}: ${response.status} ${text.slice(0, 1_000)}`);
  }
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
};
