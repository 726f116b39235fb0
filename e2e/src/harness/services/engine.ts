/** A snapshot as the engine itself lists it. */
export type EngineSnapshot = {
  readonly snapshot: string;
  readonly uuid: string;
  readonly version_id: number;
  readonly state: string;
  readonly indices: readonly string[];
  readonly metadata?: { readonly tandem?: Readonly<Record<string, unknown>> };
  readonly start_time_in_millis: number;
  readonly end_time_in_millis: number;
  readonly shards: { readonly total: number; readonly failed: number; readonly successful: number };
  readonly failures: readonly unknown[];
};

export type Engine = {
  /** The parsed answer; throws unless the status is 2xx. A string body is sent as NDJSON. */
  readonly call: <T = unknown>(method: string, path: string, body?: object | string) => Promise<T>;
  readonly putRepository: (name: string, location: string) => Promise<void>;
  /** All of a repository, by start, then name. */
  readonly snapshots: (repository: string) => Promise<readonly EngineSnapshot[]>;
  readonly count: (index: string) => Promise<number>;
  /** Makes a snapshot outside Tandem and waits for its end. */
  readonly takeSnapshot: (repository: string, name: string, body: object) => Promise<void>;
  /** Starts no replica; comes back at once also where the primary cannot be assigned. */
  readonly createIndex: (name: string, body?: object) => Promise<void>;
  readonly putDocuments: (index: string, documents: readonly object[]) => Promise<void>;
};

const LIMIT_MS = 60_000;

/** Of several addresses: the one to be asked now. */
export const engineAt = (address: string | (() => string)): Engine => {
  const url = typeof address === 'string' ? () => address : address;
  const call: Engine['call'] = async <T>(method: string, path: string, body?: object | string): Promise<T> => {
    const response = await fetch(`${url()}/${path}`, {
      method,
      signal: AbortSignal.timeout(LIMIT_MS),
      ...(body === undefined
        ? {}
        : {
            headers: { 'content-type': typeof body === 'string' ? 'application/x-ndjson' : 'application/json' },
            body: typeof body === 'string' ? body : JSON.stringify(body),
          }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} -> ${response.status} ${answer}`);
    return (answer === '' ? undefined : JSON.parse(answer)) as T;
  };
  return {
    call,
    putRepository: async (name, location) => {
      await call('PUT', `_snapshot/${name}`, { type: 'fs', settings: { location } });
    },
    snapshots: async (repository) => {
      const { snapshots } = await call<{ snapshots: EngineSnapshot[] }>('GET', `_snapshot/${repository}/_all`);
      return snapshots.sort(
        (one, other) =>
          one.start_time_in_millis - other.start_time_in_millis || (one.snapshot < other.snapshot ? -1 : 1),
      );
    },
    count: async (index) => (await call<{ count: number }>('GET', `${index}/_count`)).count,
    takeSnapshot: async (repository, name, body) => {
      await call('PUT', `_snapshot/${repository}/${name}?wait_for_completion=true`, {
        include_global_state: false,
        ...body,
      });
    },
    createIndex: async (name, body = {}) => {
      const { settings, ...rest } = body as { settings?: object };
      await call('PUT', `${name}?wait_for_active_shards=0`, {
        settings: { number_of_shards: 1, number_of_replicas: 0, ...settings },
        ...rest,
      });
    },
    putDocuments: async (index, documents) => {
      const lines = documents.flatMap((document) => ['{"index":{}}', JSON.stringify(document)]);
      await call('POST', `${index}/_bulk?refresh=true`, `${lines.join('\n')}\n`);
    },
  };
};
