import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { type AppProcess, type Environment, startProgram } from '../app-process.ts';
import { until } from '../until.ts';

export type HttpAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined: the body is not JSON. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
};

export type Api = AppProcess & {
  readonly address: string;
  readonly call: (path: string, init?: RequestInit) => Promise<HttpAnswer>;
  readonly post: (backupId: unknown) => Promise<HttpAnswer>;
  readonly get: (backupId: string) => Promise<HttpAnswer>;
  /** The state as GET tells it; throws when it tells none. */
  readonly state: (backupId: string) => Promise<string>;
  readonly untilState: (backupId: string, wanted: string, withinMs?: number) => Promise<void>;
};

const LIMIT_MS = 30_000;
const START_MS = 60_000;

/** Starts the API on a free port and waits until it listens. */
export const startApi = async (environment: Environment, logs: () => string, root?: string): Promise<Api> => {
  const process = startProgram('api', environment, [], root);
  const address = await listening(process, logs);

  const call: Api['call'] = async (path, init = {}) => {
    const response = await fetch(`${address}${path}`, { signal: AbortSignal.timeout(LIMIT_MS), ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: asJson(text) };
  };
  const post: Api['post'] = (backupId) =>
    call('/actuator/backup', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ backupId }),
    });
  const get: Api['get'] = (backupId) => call(`/actuator/backup/${encodeURIComponent(backupId)}`);
  const state: Api['state'] = async (backupId) => {
    const { status, json, text } = await get(backupId);
    if (status !== 200 || json === undefined) throw new Error(`GET ${backupId} -> ${status} ${text}`);
    if (json.state !== json.State) throw new Error(`state and State differ: ${text}`);
    return String(json.state);
  };
  const untilState: Api['untilState'] = async (backupId, wanted, withinMs) => {
    const patience = { logs, ...omitUndefined({ withinMs }) };
    await until(
      `${backupId} is ${wanted}`,
      () => state(backupId),
      (seen) => seen === wanted,
      patience,
    );
  };
  return { ...process, address, call, post, get, state, untilState };
};

const listening = async (process: AppProcess, logs: () => string): Promise<string> => {
  let ended = false;
  void process.exited.then(() => {
    ended = true;
  });
  const addressOrEnd = await until(
    'the API listens',
    () => (ended ? 'ended' : addressIn(process.output())),
    (address) => address !== undefined,
    { withinMs: START_MS, logs: () => `${logs()}\n${process.output()}` },
  );
  if (addressOrEnd === undefined || addressOrEnd === 'ended') throw new Error(`The API ended:\n${process.output()}`);
  return addressOrEnd;
};

/** The log line of a start tells where the API listens. */
const addressIn = (output: string): string | undefined => {
  const line = output.split('\n').find((text) => text.includes('"msg":"api ready"'));
  return line === undefined ? undefined : (JSON.parse(line) as { address: string }).address;
};

const asJson = (text: string): HttpAnswer['json'] => {
  try {
    return JSON.parse(text) as HttpAnswer['json'];
  } catch {
    return undefined;
  }
};
