import type { EngineKind, SearchEngine } from '@tandem/engine/port.ts';
import { expect, it } from 'vitest';
import { engineFacts } from './engine-facts.ts';

/** Only what facts ask for; the conformance suite holds whole engines to the port. */
const counted = (
  uuid: () => string | undefined,
  fails: () => boolean = () => false,
  kind: EngineKind = 'elasticsearch',
) => {
  const calls = { info: 0, repository: 0 };
  const engine: Pick<SearchEngine, 'info' | 'readRepository'> = {
    info: async () => {
      calls.info += 1;
      if (fails()) throw new Error('away');
      return { kind, version: '8.19.21', newestReadable: 8_537_000, major: 8, clusterUuid: 'cluster' };
    },
    readRepository: async (name) => {
      calls.repository += 1;
      const readOnly = name === 'archive' ? 'its type is url' : undefined;
      return { name, type: 'fs', uuid: uuid(), settingsDigest: 'digest', readOnly, snapshotsLeft: undefined };
    },
  };
  let time = 0;
  const facts = engineFacts(engine as SearchEngine, 1_000, () => time);
  const pass = (ms: number) => {
    time += ms;
  };
  return { facts, calls, pass };
};

it('asks once for callers at the same time, and again after its time', async () => {
  const { facts, calls, pass } = counted(() => 'uuid');
  await Promise.all([facts.engine(), facts.engine(), facts.location('r')]);
  await facts.location('r');
  expect(calls).toEqual({ info: 1, repository: 1 });
  pass(1_000);
  await facts.location('r');
  expect(calls).toEqual({ info: 2, repository: 2 });
});

it('asks for the repository each time until it has a uuid', async () => {
  let uuid: string | undefined;
  const { facts, calls } = counted(() => uuid);
  await facts.location('r');
  uuid = 'born';
  expect(await facts.location('r')).toEqual({
    clusterUuid: 'cluster',
    repository: 'r',
    repositoryUuid: 'born',
    settingsDigest: 'digest',
  });
  await facts.location('r');
  expect(calls.repository).toBe(2);
});

it('asks for a repository of OpenSearch no more often, although it has no uuid', async () => {
  const { facts, calls } = counted(
    () => undefined,
    () => false,
    'opensearch',
  );
  for (let time = 0; time < 3; time += 1)
    expect(await facts.location('r')).toMatchObject({ repositoryUuid: undefined });
  expect(calls.repository).toBe(1);
});

it('does not keep a failure', async () => {
  let away = true;
  const { facts } = counted(
    () => 'uuid',
    () => away,
  );
  await expect(facts.engine()).rejects.toThrow('away');
  away = false;
  await expect(facts.engine()).resolves.toMatchObject({ clusterUuid: 'cluster' });
});

it('tells what it learned last without asking', async () => {
  const { facts, pass } = counted(() => 'uuid');
  expect(facts.lastLocation('r')).toBeUndefined();
  await facts.location('r');
  pass(1_000_000);
  expect(facts.lastLocation('r')).toMatchObject({ repositoryUuid: 'uuid' });
});

it('refuses a read-only repository where it is to be written into, and only there', async () => {
  const { facts } = counted(() => 'uuid');
  const location = { clusterUuid: 'cluster', repository: 'archive', repositoryUuid: 'uuid', settingsDigest: 'digest' };
  await expect(facts.writableLocation('archive')).rejects.toMatchObject({
    code: 'REPOSITORY_READ_ONLY',
    message: expect.stringContaining('its type is url'),
  });
  expect(await facts.freshLocation('archive')).toEqual(location);
  expect(await facts.writableLocation('r')).toEqual({ ...location, repository: 'r' });
});
