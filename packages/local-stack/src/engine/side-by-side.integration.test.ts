import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { birthOf } from '../process/identity.ts';
import { putRepository, REPOSITORY } from '../repository.ts';
import { engineCall } from './engine-call.ts';
import { type StackEngine, stackEngines } from './engine-kinds.ts';
import { findJdks, missingJdk } from './java.ts';
import { startEngine } from './start-engine.ts';

type Started = Awaited<ReturnType<typeof startEngine>>;

const SNAPSHOT = `_snapshot/${REPOSITORY}/first`;

let directory: string;
let engines: readonly Started[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tandem-engines-'));
});
afterEach(async () => {
  await Promise.all(engines.map((engine) => engine.stop()));
  engines = [];
  rmSync(directory, { recursive: true, force: true });
});

const versionAt = async (url: string): Promise<unknown> => {
  const { body } = await engineCall(url, 'GET', '_nodes/_local');
  return Object.values((body as { nodes: Record<string, { version: string }> }).nodes)[0]?.version;
};

/** An index, a snapshot of it, its deletion, and its restore. */
const roundTrip = async ({ url, repositoriesPath }: Started): Promise<unknown> => {
  const call = (method: string, path: string, body?: object) => engineCall(url, method, path, body);
  await putRepository(url, repositoriesPath);
  await call('PUT', 'reports/_doc/1?refresh=true', { title: `a report of ${url}` });
  await call('PUT', `${SNAPSHOT}?wait_for_completion=true`, { indices: 'reports' });
  await call('DELETE', 'reports');
  await call('POST', `${SNAPSHOT}/_restore?wait_for_completion=true`, { indices: 'reports' });
  return ((await call('GET', 'reports/_doc/1')).body as { _source: unknown })._source;
};

it.for<readonly [StackEngine, StackEngine]>([
  ['elasticsearch@7', 'elasticsearch@8'],
  ['opensearch@2', 'opensearch@3'],
])(
  '%s and %s run in one directory, each with its port, data and log, and leave no process',
  async (kinds, { skip }) => {
    const jdks = await findJdks();
    const [missing] = kinds.map((kind) => missingJdk(jdks, kind)).filter((why) => why !== undefined);
    skip(missing !== undefined, missing);
    // as `npm start` does it: on the usual port where it is free, for both
    engines = await Promise.all(kinds.map((kind) => startEngine({ directory, kind })));
    expect(new Set(engines.map(({ url }) => url)).size).toBe(2);
    expect(new Set(engines.map(({ logFile }) => logFile)).size).toBe(2);
    expect(await Promise.all(engines.map(({ url }) => versionAt(url)))).toEqual(
      kinds.map((kind) => stackEngines[kind].version),
    );
    expect(await Promise.all(engines.map(roundTrip))).toEqual(
      engines.map(({ url }) => ({ title: `a report of ${url}` })),
    );
    const pids = engines.map(({ pid = 0 }) => pid);
    await Promise.all(engines.map((engine) => engine.stop()));
    expect(pids.map(birthOf)).toEqual([undefined, undefined]);
  },
);
