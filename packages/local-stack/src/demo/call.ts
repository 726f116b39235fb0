export type Answer = { status: number; body: Record<string, unknown> };

const TIMEOUT_MS = 30_000;

/** GET, or POST where there is a body. */
export const call = async (url: string, body?: object): Promise<Answer> => {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

export const remove = async (url: string): Promise<void> => {
  const { status } = await fetch(url, { method: 'DELETE', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (status !== 200 && status !== 404) throw new Error(`DELETE ${url} -> ${status}`);
};
