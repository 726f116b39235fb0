import { ApiError } from './api-error.ts';
import { retryAfterMs } from './transport/retry-after.ts';

const MAX_QUOTED = 200;

/** The error that a response stands for: a problem of /api/v1 (RFC 9457), an error of Optimize's endpoints, or what a proxy sent. */
export const apiErrorOf = async (response: Response): Promise<ApiError> => {
  const text = await response.text().catch(() => '');
  const body = parsed(text);
  const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
  const waitMs = retryAfterMs(header('retry-after'), Date.now());
  const common = {
    status: response.status,
    requestId: header('x-request-id'),
    retryAfterSeconds: waitMs === undefined ? undefined : Math.ceil(waitMs / 1000),
  };
  if (typeof body?.code === 'string') return problem(body, common);
  if (typeof body?.errorCode === 'string') {
    const { errorMessage: title, detailedMessage, ...data } = body;
    const words = [detailedMessage, title].find((one) => typeof one === 'string');
    return new ApiError(`${words ?? `HTTP ${response.status}`}`, { ...common, title: asText(title), data });
  }
  return new ApiError(foreign(response, text), common);
};

type Body = Readonly<Record<string, unknown>>;

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const problem = (body: Body, common: { readonly status: number; readonly requestId: string | undefined }): ApiError => {
  const { type: _type, status: _status, title, detail, code, requestId, ...data } = body;
  const message = asText(detail) ?? asText(title) ?? `HTTP ${common.status}`;
  return new ApiError(message, {
    ...common,
    ...{ code: asText(code), title: asText(title), data },
    requestId: asText(requestId) ?? common.requestId,
  });
};

const parsed = (text: string): Body | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Body) : undefined;
  } catch {
    return undefined;
  }
};

/** Redirects are not followed: the next server would receive the key. A browser hides where they lead. */
const foreign = (response: Response, text: string): string => {
  const { status, type } = response;
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    const target = response.headers.get('location');
    return `The server redirects${target === null ? '' : ` to ${target}`}, and redirects are not followed. Use the URL of Tandem itself.`;
  }
  const words = text.replaceAll(/\s+/g, ' ').trim();
  const quoted = words.length > MAX_QUOTED ? `${words.slice(0, MAX_QUOTED)}…` : words;
  return `HTTP ${status}, not from Tandem: ${quoted === '' ? 'the response has no body' : quoted}. Check the URL, and what is between.`;
};
