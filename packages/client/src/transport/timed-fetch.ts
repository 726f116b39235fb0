import type { Fetch } from './fetch.ts';
import { networkErrorOf, timedOut } from './network-error-of.ts';

/** JSON belongs to the response: one whose end never arrives is none. Exports and event streams are read as they come. */
const isJson = (response: Response): boolean =>
  /^application\/(problem\+)?json\b/.test(response.headers.get('content-type') ?? '');

const complete = async (response: Response): Promise<Response> => {
  const { status, statusText, headers, ok } = response;
  const body = await response.text();
  if (ok && body !== '') requireJson(body);
  return new Response(body, { status, statusText, headers });
};

/** A proxy may end a response early without saying so. */
const requireJson = (body: string): void => {
  try {
    JSON.parse(body);
  } catch (error) {
    throw new Error(`its JSON is incomplete (${(error as Error).message})`);
  }
};

/** Rejects with a NetworkError if there is no response within that time, and with the reason of the request's signal if that is aborted. */
export const timedFetch =
  (send: Fetch, timeoutMs: number): Fetch =>
  async (request) => {
    const timer = new AbortController();
    const timeout = setTimeout(() => timer.abort(), timeoutMs);
    const signal = AbortSignal.any([request.signal, timer.signal]);
    try {
      const response = await send(new Request(request, { signal }));
      return isJson(response) ? await complete(response) : response;
    } catch (error) {
      request.signal.throwIfAborted();
      throw timer.signal.aborted ? timedOut(request, timeoutMs) : networkErrorOf(error, request);
    } finally {
      clearTimeout(timeout);
    }
  };
