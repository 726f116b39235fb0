import type { Fetch } from './fetch.ts';
import { networkErrorOf, timedOut } from './network-error-of.ts';

/** JSON belongs to the response: one whose end never arrives is none. Exports and event streams are read as they come. */
const isJson = (response: Response): boolean =>
  /^application\/(problem\+)?json\b/.test(response.headers.get('content-type') ?? '');

const complete = async (response: Response): Promise<Response> => {
  const { status, statusText, headers } = response;
  const body = await response.text();
  return new Response(body, { status, statusText, headers });
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
      throw timer.signal.aborted ? timedOut(request.url, timeoutMs) : networkErrorOf(error, request.url);
    } finally {
      clearTimeout(timeout);
    }
  };
