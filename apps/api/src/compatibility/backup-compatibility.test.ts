import type { EngineInfo } from '@tandem/engine/port.ts';
import { foundSet } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { digestOf } from '@tandem/planning/digest.ts';
import { keepTexts } from '@tandem/planning/manifests/kept-text.ts';
import { BackupCompatibility } from '@tandem/shared/contract/compatibility.ts';
import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { IndexFacts } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import { keptManifest } from '@tandem/shared/domain/restore/manifest/manifest.ts';
import { expect, it } from 'vitest';
import { readCompatibility } from './backup-compatibility.ts';

const SEVEN = 7_172_999;
const EIGHT = 8_537_000;
const context = {
  actor: { kind: 'anonymous', address: '127.0.0.1' } as const,
  ...{ requestId: 'r', role: 'admin' as const, idempotencyKey: undefined, lastEventId: undefined },
  signal: new AbortController().signal,
};
const nine: EngineInfo = {
  ...{ kind: 'elasticsearch', version: '9.5.3', newestReadable: 9_111_000, major: 9, clusterUuid: 'c' },
};

const facts = (name: string, createdVersion: number): IndexFacts => ({
  ...{ name, createdVersion, uuid: name, open: true, primaries: 1, replicas: 0, aliases: {}, mappings: {} },
  ...{ settings: {}, blocks: {}, allocation: {} },
});

type Given = {
  readonly indices: readonly string[];
  readonly recorded: readonly IndexFacts[];
  readonly change?: Partial<BackupRecord>;
  readonly engine?: () => Promise<EngineInfo>;
};

/** Of a backup by 8 whose parts hold the same indices. */
const compatibility = async ({ indices, recorded, change = {}, engine = async () => nine }: Given) => {
  const history = inMemoryHistory({ now: () => new Date(0) });
  const capsule = { lifecyclePolicies: {}, componentTemplates: {}, indexTemplates: {}, legacyTemplates: {} };
  const kept = keptManifest(recorded, [], capsule, digestOf);
  await keepTexts(history, [kept.manifest, kept.shapes, kept.templates]);
  const set = foundSet('b');
  const manifest = recorded.length === 0 ? undefined : { before: kept.manifest.digest, after: undefined };
  const record = await history.discover(set);
  const parts = record.parts.map((part) => ({
    ...part,
    ...{ indices, versionId: EIGHT, manifest },
  }));
  const found = { record: { ...record, parts, ...change }, state: record.state, asOf: undefined };
  const read = readCompatibility({ findRecord: async () => found, history, engine });
  return BackupCompatibility.parse(await read('b', context));
};

const told = ({ engines }: Pick<BackupCompatibility, 'engines'>) =>
  engines.map(({ engine, major, restores, fromVersion }) => `${engine} ${major} ${restores} ${fromVersion}`);

it('names the index that decides, and the engines by the version that created each', async () => {
  const recorded = [facts('a', EIGHT), facts('b', SEVEN), facts('c', SEVEN)];
  const answer = await compatibility({ indices: ['c', 'b', 'a'], recorded });
  expect(told(answer)).toEqual([
    'elasticsearch 7 no null',
    'elasticsearch 8 yes 8.19.9',
    'elasticsearch 9 no null',
    'opensearch 2 no null',
    'opensearch 3 no null',
  ]);
  expect(answer.running).toEqual({ engine: 'elasticsearch', version: '9.5.3', restores: 'no' });
  expect(answer.engines[2]).toMatchObject({
    ...{ why: 'older', decidedBy: { part: 1, index: 'b', version: 'Elasticsearch 7.17.29', versionId: SEVEN } },
  });
  expect(answer.parts[0]).toMatchObject({ takenBy: 'Elasticsearch 8.19.9', indexCount: 3, unrecordedCount: 0 });
  expect(answer.parts[0]?.created.map(({ createdBy, count, indices }) => [createdBy, count, indices])).toEqual([
    ['Elasticsearch 7.17.29', 2, ['b', 'c']],
    ['Elasticsearch 8.19.9', 1, ['a']],
  ]);
  expect(answer.parts[0]?.created.map(told).map((engines) => engines[2])).toEqual([
    'elasticsearch 9 no null',
    'elasticsearch 9 yes 9.0.0',
  ]);
});

it('says what is not known of indices whose versions were not recorded', async () => {
  const answer = await compatibility({ indices: ['a', 'b'], recorded: [facts('a', EIGHT)] });
  expect(told(answer).slice(1, 3)).toEqual(['elasticsearch 8 yes 8.19.9', 'elasticsearch 9 not-known null']);
  expect(answer.running).toMatchObject({ restores: 'not-known' });
  expect(answer.parts[0]).toMatchObject({ unrecordedCount: 1, unrecorded: ['b'] });
});

it('says so of a set that others took', async () => {
  const answer = await compatibility({ indices: ['a'], recorded: [] });
  expect(told(answer).slice(1, 3)).toEqual(['elasticsearch 8 yes 8.19.9', 'elasticsearch 9 not-known null']);
  expect(answer.parts[0]).toMatchObject({ unrecordedCount: 1, created: [] });
});

it('cuts the lists of 10,000 indices, with their number', async () => {
  const indices = Array.from({ length: 10_000 }, (_, nth) => `optimize-${String(nth).padStart(5, '0')}`);
  const answer = await compatibility({ indices, recorded: indices.map((name) => facts(name, EIGHT)) });
  expect(answer.parts[0]?.created).toMatchObject([{ count: 10_000, createdBy: 'Elasticsearch 8.19.9' }]);
  expect(JSON.stringify(answer).length).toBeLessThan(20_000);
});

it('answers without the running engine, and says why it is not known', async () => {
  const engine = async () =>
    Promise.reject(fail('ENGINE_UNREACHABLE', 'The engine is not reachable.', { call: 'info' }));
  const answer = await compatibility({ indices: ['a'], recorded: [facts('a', EIGHT)], engine });
  expect(answer).toMatchObject({ running: null, runningUnknown: 'The engine is not reachable.' });
  expect(told(answer)[2]).toBe('elasticsearch 9 yes 9.0.0');
});

it('refuses a backup that was deleted', async () => {
  const change = { deletedAt: new Date('2026-01-02T00:00:00Z') };
  const refused = compatibility({ indices: ['a'], recorded: [], change });
  await expect(refused).rejects.toMatchObject({ code: 'BACKUP_DELETED' });
});
