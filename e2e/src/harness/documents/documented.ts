import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect } from 'vitest';
import type { Api } from '../requests/api.ts';

type Schema = { readonly $ref?: string } & Readonly<Record<string, unknown>>;
type Response = {
  readonly headers?: Readonly<Record<string, Schema>>;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
};
export type Parameter = {
  readonly in?: string;
  readonly name: string;
  readonly schema: { readonly type?: unknown; readonly format?: string; readonly pattern?: string };
};
export type Operation = {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** Those of headers are references. */
  readonly parameters: readonly Parameter[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, Response>>;
};

export type Ask = {
  /** Instead of the parameters in the path. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** For an answer that does not end: only this much of its text is waited for. */
  readonly until?: string;
};
export type Checked = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
};

export type Documented = {
  readonly operations: readonly Operation[];
  /** Asks, and compares the answer with the document: status, media type, headers, body. */
  readonly ask: (operationId: string, asked?: Ask, on?: Api) => Promise<Checked>;
  /** What was answered so far, as `operationId status mediaType`. */
  readonly answered: ReadonlySet<string>;
};

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const pointer = (...parts: readonly string[]) =>
  parts.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

/** The API as its own GET /openapi.json describes it. */
export const documentedApi = async (api: Api): Promise<Documented> => {
  const { json: document = {} } = await api.call('/openapi.json');
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addFormat('base64', /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);
  ajv.addSchema(document, 'openapi', undefined, false);
  const validators = new Map<string, ValidateFunction>();
  const validatorAt = (place: string): ValidateFunction => {
    const known = validators.get(place) ?? ajv.compile({ $ref: `openapi#${place}` });
    validators.set(place, known);
    return known;
  };
  const operations = operationsOf(document);
  const answered = new Set<string>();

  const ask: Documented['ask'] = async (operationId, asked = {}, on = api) => {
    const operation = operations.find((one) => one.operationId === operationId);
    if (operation === undefined) throw new Error(`The document has no operation ${operationId}.`);
    const answer = await send(on, operation, asked);
    const { status, headers, text } = answer;
    const what = `${operationId} -> ${status} ${text.slice(0, 500)}`;
    const response = operation.responses[status];
    expect(Object.keys(operation.responses), what).toContain(String(status));
    const mediaType = headers.get('content-type')?.split(';')[0] ?? 'none';
    expectHeaders(headers, response, what);
    if (status === 204) {
      expect([mediaType, text, response?.content ?? {}], what).toEqual(['none', '', {}]);
      answered.add(`${operationId} ${status} ${mediaType}`);
      return { ...answer, json: {} };
    }
    expect(Object.keys(response?.content ?? {}), what).toContain(mediaType);
    const bodies = bodiesOf(mediaType, text);
    const place = pointer(
      ...['paths', operation.path, operation.method, 'responses', String(status), 'content', mediaType, 'schema'],
    );
    const validate = validatorAt(place);
    for (const body of bodies) expect(validate(body), `${what}\n${ajv.errorsText(validate.errors)}`).toBe(true);
    answered.add(`${operationId} ${status} ${mediaType}`);
    return { ...answer, json: (mediaType.endsWith('json') ? bodies[0] : {}) as Checked['json'] };
  };
  return { operations, ask, answered };
};

/** What the schema of a media type is about: for NDJSON a line. */
const bodiesOf = (mediaType: string, text: string): readonly unknown[] => {
  if (mediaType === 'application/x-ndjson')
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  return [mediaType.endsWith('json') ? JSON.parse(text) : text];
};

const operationsOf = (document: Readonly<Record<string, unknown>>): readonly Operation[] =>
  Object.entries(document.paths as Record<string, Record<string, Omit<Operation, 'method' | 'path'>>>).flatMap(
    ([path, item]) =>
      Object.entries(item)
        .filter(([method]) => METHODS.includes(method))
        .map(([method, operation]) => ({ ...operation, method, path })),
  );

/** Every answer has an id; of the headers that only some have, those that it has are documented. */
const expectHeaders = (headers: Headers, response: Response | undefined, what: string): void => {
  const documented = Object.keys(response?.headers ?? {}).map((name) => name.toLowerCase());
  expect(headers.get('x-request-id'), what).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
  for (const name of ['location', 'link', 'retry-after', 'content-encoding', 'content-disposition', 'export-up-to']) {
    if (headers.has(name)) expect(documented, what).toContain(name);
  }
};

const send = async (api: Api, { method, path }: Operation, asked: Ask): Promise<Omit<Checked, 'json'>> => {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(asked.path?.[name] ?? 'nobody'));
  const { body, query } = asked;
  const response = await fetch(`${api.address}${filled}${query === undefined ? '' : `?${query}`}`, {
    method: method.toUpperCase(),
    signal: AbortSignal.timeout(60_000),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...asked.headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = asked.until === undefined ? await response.text() : await textUntil(response, asked.until);
  return { status: response.status, headers: response.headers, text };
};

const textUntil = async (response: globalThis.Response, wanted: string): Promise<string> => {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (text.includes(wanted)) break;
  }
  return text;
};
