import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { birthOf } from '../process/identity.ts';
import { putRepository, REPOSITORY } from '../repository.ts';
import { engineCall } from './engine-call.ts';
import { stackEngines } from './engine-kinds.ts';
import { findJdks, missingJdk } from './java.ts';
import { startEngine } from './start-engine.ts';

const SNAPSHOT = `_snapshot/${REPOSITORY}/first`;
const document = { title: 'a report' };

let directory: string;
let engine: Awaited<ReturnType<typeof startEngine>> | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tandem-engine-'));
});
afterEach(async () => {
  await engine?.stop();
  engine = undefined;
  rmSync(directory, { recursive: true, force: true });
});

it.for(['opensearch@2', 'opensearch@3'] as const)(
  '%s takes a snapshot, restores a deleted index from it, and leaves no process',
  async (kind, { skip }) => {
    const missing = missingJdk(await findJdks(), kind);
    skip(missing !== undefined, missing);
    engine = await startEngine({ directory, kind, durable: false });
    const { url, pid = 0, repositoriesPath } = engine;
    const call = (method: string, path: string, body?: object, accepted?: number[]) =>
      engineCall(url, method, path, body, accepted);
    expect((await call('GET', '')).body).toMatchObject({
      version: { distribution: 'opensearch', number: stackEngines[kind].version },
    });
    await putRepository(url, repositoriesPath);
    await call('PUT', 'reports/_doc/1?refresh=true', document);
    expect((await call('PUT', `${SNAPSHOT}?wait_for_completion=true`, { indices: 'reports' })).body).toMatchObject({
      snapshot: { state: 'SUCCESS' },
    });
    await call('DELETE', 'reports');
    expect((await call('GET', 'reports/_doc/1', undefined, [404])).status).toBe(404);
    await call('POST', `${SNAPSHOT}/_restore?wait_for_completion=true`, { indices: 'reports' });
    expect((await call('GET', 'reports/_doc/1')).body).toMatchObject({ _source: document });
    expect(birthOf(pid)).toBeDefined();
    await engine.stop();
    expect(birthOf(pid)).toBeUndefined();
  },
);
