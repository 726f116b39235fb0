import { describe, expect, it } from 'vitest';
import { classifyIndices } from '../ownership/index-ownership.ts';
import type { DataNode } from '../restore/plan/cluster-facts.ts';
import { clockFinding } from './clock-findings.ts';
import {
  allocationFinding,
  blocksFinding,
  diskFinding,
  engineClusterFinding,
  engineFinding,
  engineVersionsFinding,
  healthFinding,
  shardsFinding,
} from './engine-findings.ts';
import { rightsFinding } from './engine-rights.ts';
import type { DatabaseFacts, RedisFacts } from './facts.ts';
import type { DoctorCheck, DoctorResult, Finding } from './finding.ts';
import { indicesFinding } from './optimize-findings.ts';
import { postgresqlFindings } from './postgresql-findings.ts';
import { redisFindings, redisOwnerFinding } from './redis-findings.ts';
import { limitFinding, locationFinding } from './repository-findings.ts';
import { settingsAdvice, settingsFindings } from './settings-findings.ts';
import { rollbackFinding, workerFinding } from './tandem-findings.ts';

const database: DatabaseFacts = {
  ...{ version: '18.4', major: 18, role: 'tandem', isSuperuser: false, ownsTables: false, readOnly: false },
  ...{ inRecovery: false, timeZone: 'UTC', clock: new Date(0), missingMigrations: [], newerMigrations: [] },
  lackingRights: [],
};
const redis: RedisFacts = {
  ...{ version: '7.4.1', role: 'master', evictionPolicy: 'noeviction', appendOnly: true, savePoints: '' },
  ...{ usedBytes: 1, maxBytes: 0, clock: new Date(0), refusedCommands: [] },
};
const exposure = {
  host: '127.0.0.1',
  authMode: undefined,
  actuatorAuth: undefined,
  managementHost: undefined,
  certificate: undefined,
};
const node = (freeBytes: number | undefined, name = 'one'): DataNode => ({
  ...{ id: name, name, host: name, ip: '10.0.0.1', attributes: {}, roles: ['data'], freeBytes, shards: 1 },
});
const GIB = 1024 ** 3;

const resultOf = (findings: readonly Finding[], check: DoctorCheck): DoctorResult | undefined =>
  findings.find((finding) => finding.check === check)?.result;

type Case = readonly [what: string, finding: Finding | undefined, result: DoctorResult, words: RegExp];
const pick = (findings: readonly Finding[], check: DoctorCheck) => findings.find((one) => one.check === check);
const db = (check: DoctorCheck, change: Partial<DatabaseFacts>) =>
  pick(postgresqlFindings({ ...database, ...change }), check);
const ofRedis = (check: DoctorCheck, change: Partial<RedisFacts>) =>
  pick(redisFindings({ ...redis, ...change }), check);
const at = (ms: number, uncertaintyMs = 0) =>
  clockFinding('engine-clock', [{ server: 'es-1', clock: new Date(1e12 + ms), at: new Date(1e12), uncertaintyMs }]);
const repository = { name: 'backups', type: 'fs', uuid: 'u', readOnly: undefined };
const line = (ageMs: number) => ({
  now: new Date(1e12).toISOString(),
  heartbeatAt: new Date(1e12 - ageMs).toISOString(),
  rollback: undefined,
});

const cases: readonly Case[] = [
  ['a healthy PostgreSQL', db('postgresql', {}), 'ok', /^PostgreSQL 18\.4\.$/],
  ['an old PostgreSQL', db('postgresql', { major: 12, version: '12.9' }), 'fail', /12\.9 is too old/],
  ['a primary', db('postgresql-writable', {}), 'ok', /Accepts writes/],
  ['a standby', db('postgresql-writable', { inRecovery: true, readOnly: true }), 'fail', /standby/],
  ['a read-only role', db('postgresql-writable', { readOnly: true }), 'fail', /read-only/],
  [
    'missing migrations',
    db('postgresql-migrations', { missingMigrations: ['a', 'b'] }),
    'fail',
    /^2 migrations are not applied: a, b/,
  ],
  ['newer migrations', db('postgresql-migrations', { newerMigrations: ['c'] }), 'warn', /newer version of Tandem: c/],
  [
    'lacking rights',
    db('postgresql-rights', { lackingRights: ['INSERT on event'] }),
    'fail',
    /lacks rights: INSERT on event/,
  ],
  ['a superuser', db('postgresql-rights', { isSuperuser: true, ownsTables: true }), 'warn', /is a superuser/],
  ['the owner of the tables', db('postgresql-rights', { ownsTables: true }), 'warn', /owns the tables/],
  ['a role of its own', db('postgresql-rights', {}), 'ok', /exactly the rights/],
  ['a healthy Redis', ofRedis('redis', {}), 'ok', /^Redis 7\.4\.1\.$/],
  ['Redis 6.0', ofRedis('redis', { version: '6.0.20' }), 'fail', /too old/],
  ['Redis 6.2', ofRedis('redis', { version: '6.2.0' }), 'ok', /6\.2\.0/],
  ['a replica', ofRedis('redis', { role: 'slave' }), 'fail', /replica/],
  ['noeviction', ofRedis('redis-eviction', {}), 'ok', /noeviction/],
  ['allkeys-lru', ofRedis('redis-eviction', { evictionPolicy: 'allkeys-lru' }), 'fail', /allkeys-lru/],
  ['volatile-ttl', ofRedis('redis-eviction', { evictionPolicy: 'volatile-ttl' }), 'warn', /volatile-ttl/],
  ['no reported policy', ofRedis('redis-eviction', { evictionPolicy: undefined }), 'notKnown', /does not report/],
  ['appendonly', ofRedis('redis-persistence', {}), 'ok', /appendonly/],
  ['save points', ofRedis('redis-persistence', { appendOnly: false, savePoints: '3600 1' }), 'ok', /save points/],
  ['no persistence', ofRedis('redis-persistence', { appendOnly: false }), 'warn', /keeps nothing on disk/],
  [
    'CONFIG refused',
    ofRedis('redis-persistence', { appendOnly: false, savePoints: undefined }),
    'notKnown',
    /does not report/,
  ],
  ['no limit of memory', ofRedis('redis-memory', {}), 'ok', /no limit/],
  ['memory that is full', ofRedis('redis-memory', { usedBytes: 95, maxBytes: 100 }), 'warn', /95 %/],
  ['memory that is not', ofRedis('redis-memory', { usedBytes: 5, maxBytes: 100 }), 'ok', /5 %/],
  [
    'refused commands',
    ofRedis('redis-permissions', { refusedCommands: [{ command: 'zadd', reason: 'NOPERM' }] }),
    'fail',
    /ZADD/,
  ],
  ['our keys', redisOwnerFinding('h', 'h', '{t}'), 'ok', /this history/],
  ['keys without owner', redisOwnerFinding(undefined, 'h', '{t}'), 'ok', /No history owns/],
  ['keys of another', redisOwnerFinding('g', 'h', '{t}'), 'fail', /another history, g/],
  ['the same time', at(0), 'ok', /agrees/],
  ['a difference within the uncertainty', at(9_000, 5_000), 'ok', /agrees/],
  ['a clock ahead', at(9_000), 'warn', /es-1 is 9\.0 s ahead of/],
  ['a clock behind', at(-9_000, 1_000), 'warn', /8\.0 s behind/],
  ['a clock far behind', at(-3_600_000), 'fail', /3600\.0 s behind/],
  ['an engine without clock', clockFinding('engine-clock', []), 'notKnown', /does not report/],
  [
    'one version',
    engineVersionsFinding([{ name: 'a', version: '8.19.2', clock: undefined }]),
    'ok',
    /^1 node, all 8\.19\.2/,
  ],
  [
    'two versions',
    engineVersionsFinding(['8.19.2', '9.0.1'].map((version) => ({ name: version, version, clock: undefined }))),
    ...(['warn', /2 nodes of 2 versions: 8\.19\.2, 9\.0\.1/] as const),
  ],
  ['nodes that may not be listed', engineVersionsFinding(undefined), 'notKnown', /does not report it to this user/],
  ['Elasticsearch 7.17', engineFinding({ kind: 'elasticsearch', version: '7.17.29' }), 'ok', /7\.17\.29/],
  ['Elasticsearch 10', engineFinding({ kind: 'elasticsearch', version: '10.0.0' }), 'warn', /newer/],
  ['OpenSearch 3', engineFinding({ kind: 'opensearch', version: '3.8.0' }), 'ok', /OpenSearch 3\.8\.0/],
  ['OpenSearch 4', engineFinding({ kind: 'opensearch', version: '4.0.0' }), 'warn', /newer/],
  ['the recorded cluster', engineClusterFinding('c', 'c', [], undefined), 'ok', /as recorded/],
  ['another cluster', engineClusterFinding('c', 'd', [], undefined), 'warn', /taken in d/],
  ['a bad address', engineClusterFinding('c', 'c', ['x is away.'], undefined), 'warn', /x is away/],
  ['several clusters', engineClusterFinding('c', undefined, [], 'Two clusters.'), 'fail', /Two clusters/],
  ['all privileges', rightsFinding({ cluster: [], indices: [] }), 'ok', /every privilege/],
  [
    'privileges that backups need',
    rightsFinding({ cluster: ['create_snapshot', 'read_ilm'], indices: [] }),
    'fail',
    /backups need: create_snapshot\.$/,
  ],
  [
    'privileges of restores',
    rightsFinding({ cluster: [], indices: [{ pattern: 'optimize-*', privilege: 'manage' }] }),
    'warn',
    /lacks manage on optimize-\*: no restores/,
  ],
  ['disks with room', diskFinding({ nodes: [node(50 * GIB)], diskWatched: true }), 'ok', /50\.0 GiB/],
  [
    'a disk with little room',
    diskFinding({ nodes: [node(GIB / 2), node(50 * GIB, 'two')], diskWatched: true }),
    'warn',
    /one has only 512 MiB/,
  ],
  [
    'one disk beyond',
    diskFinding({ nodes: [node(-GIB), node(50 * GIB, 'two')], diskWatched: true }),
    'warn',
    /1\.0 GiB beyond/,
  ],
  ['all disks beyond', diskFinding({ nodes: [node(-GIB)], diskWatched: true }), 'fail', /beyond the low watermark/],
  ['disks that are not watched', diskFinding({ nodes: [node(-GIB)], diskWatched: false }), 'ok', /ignores/],
  [
    'disks that are not reported',
    diskFinding({ nodes: [node(undefined)], diskWatched: true }),
    'notKnown',
    /not report/,
  ],
  ['shards left', shardsFinding({ freeShards: 500 }, 34), 'ok', /500/],
  ['few shards left', shardsFinding({ freeShards: 5 }, 34), 'warn', /Only 5/],
  ['no shards left', shardsFinding({ freeShards: 0 }, 34), 'fail', /no more/],
  ['shards that are not reported', shardsFinding({ freeShards: undefined }, 34), 'notKnown', /not report/],
  ['allocation', allocationFinding({ settings: {} }), 'ok', /allocated/],
  [
    'no allocation',
    allocationFinding({ settings: { 'cluster.routing.allocation.enable': 'none' } }),
    'fail',
    /enable is none/,
  ],
  [
    'no replicas',
    allocationFinding({ settings: { 'cluster.routing.allocation.enable': 'primaries' } }),
    'warn',
    /primaries/,
  ],
  ['settings that are not reported', allocationFinding({ settings: undefined }), 'notKnown', /not report/],
  ['no blocks', blocksFinding({ settings: {}, indexBlocks: new Map() }), 'ok', /Neither/],
  [
    'a read-only cluster',
    blocksFinding({ settings: { 'cluster.blocks.read_only': 'true' }, indexBlocks: undefined }),
    'fail',
    /read_only is true/,
  ],
  [
    'a flooded disk',
    blocksFinding({ settings: {}, indexBlocks: new Map([['a', ['read_only_allow_delete']]]) }),
    'fail',
    /flood stage/,
  ],
  ['a blocked index', blocksFinding({ settings: {}, indexBlocks: new Map([['a', ['write']]]) }), 'warn', /a \(write\)/],
  [
    'blocks that are not reported',
    blocksFinding({ settings: undefined, indexBlocks: undefined }),
    'notKnown',
    /not report/,
  ],
  ['no red index', healthFinding({ redIndices: [] }, new Set()), 'ok', /No index/],
  ['a red index', healthFinding({ redIndices: ['a', 'b'] }, new Set(['b'])), 'fail', /Optimize, .*: b\.$/],
  ['a red index of others', healthFinding({ redIndices: ['a'] }, new Set(['b'])), 'warn', /others: a/],
  ['health that is not reported', healthFinding({ redIndices: undefined }, new Set()), 'notKnown', /not report/],
  ['no limit of snapshots', limitFinding({ ...repository, snapshotsLeft: undefined }), 'ok', /not limited/],
  ['one more snapshot', limitFinding({ ...repository, snapshotsLeft: 1 }), 'fail', /only 1/],
  ['three more', limitFinding({ ...repository, snapshotsLeft: 3 }), 'warn', /only 3/],
  ['many more', limitFinding({ ...repository, snapshotsLeft: 300 }), 'ok', /300/],
  ['the recorded repository', locationFinding(repository, []), 'ok', /No reconciliation/],
  ['another repository', locationFinding(repository, ['It is another one.']), 'fail', /It is another one\./],
  [
    'indices',
    indicesFinding('optimize', classifyIndices('optimize', ['optimize-metadata_v3', 'optimize-zeebe-record'])),
    'ok',
    /1 known/,
  ],
  [
    'an undecided index',
    indicesFinding('optimize', classifyIndices('optimize', ['optimize-metadata_v3', 'optimize-mine'])),
    'warn',
    /Undecided: optimize-mine/,
  ],
  [
    'no indices',
    indicesFinding('optimize', classifyIndices('optimize', [])),
    'fail',
    /No index of Optimize begins with optimize-/,
  ],
  ['valid settings', settingsFindings({ problems: [], advice: [], exposure }, new Date(0))[0], 'ok', /valid/],
  [
    'invalid settings',
    settingsFindings({ problems: ['PORT: must be a number'], advice: [], exposure }, new Date(0))[0],
    'fail',
    /PORT: must/,
  ],
  ['advice', settingsFindings({ problems: [], advice: ['Use https.'], exposure }, new Date(0))[1], 'warn', /Use https/],
  ['no rollback', rollbackFinding(line(0)), 'ok', /not rolled back/],
  ['a rollback', rollbackFinding({ ...line(0), rollback: { detectedAt: 'then' } }), 'fail', /detected at then/],
  ['a worker', workerFinding(line(10_000), 60_000), 'ok', /running/],
  ['no worker', workerFinding(line(61_000), 60_000), 'warn', /No worker has been seen since/],
];

describe('a finding of the doctor', () => {
  it.each(cases)('of %s', (_, finding, result, words) => {
    expect(finding).toMatchObject({ result, summary: expect.stringMatching(words) });
  });

  it.each(cases)('of %s has a remedy if it is no good, and none if it is', (_, finding) => {
    const needsOne = finding?.result === 'warn' || finding?.result === 'fail';
    if (needsOne) expect(finding?.remedy).toMatch(/^[A-Z"].*[^ ]$/s);
    if (finding?.result === 'ok') expect(finding.remedy).toBeUndefined();
  });

  it('of a healthy database and Redis is ok everywhere', () => {
    const results = [...postgresqlFindings(database), ...redisFindings(redis)].map(({ result }) => result);
    expect(new Set(results)).toEqual(new Set(['ok']));
    expect(resultOf(postgresqlFindings(database), 'postgresql-rights')).toBe('ok');
  });
});

it('names the indices of each class, the first of many', () => {
  const others = ['a', 'b', 'c', 'd'].map((name) => `zeebe-record_${name}`);
  const many = Array.from({ length: 150 }, (_, nth) => `optimize-process-instance-${nth}_v8`);
  const mine = ['optimize-mine'];
  const known = ['optimize-metadata_v3', ...many];
  const operate = ['optimize-operate-list-view-8.3.0_', 'optimize-zeebe-record'];
  const { summary, evidence } = indicesFinding(
    'optimize',
    classifyIndices('optimize', [...known, ...mine, ...operate, ...others]),
  );
  expect(evidence).toMatchObject({ known: 151, unknown: 1, unknownNames: mine, ambiguous: 0 });
  expect(evidence.knownNames).toHaveLength(100);
  expect(evidence).not.toHaveProperty('ambiguousNames');
  expect(evidence.otherComponentNames).toEqual(operate);
  expect(summary).toContain(`2 other components' (${operate.join(', ')})`);
  expect(summary).toContain('Undecided: optimize-mine.');
});

describe('the advice on settings', () => {
  const given = { engineHasCredentials: true, databaseUrl: undefined, engineRequestMs: 10_000 };
  it.each([
    ['http://es:9200', 1],
    ['https://es:9200', 0],
    ['http://127.0.0.1:9200', 0],
    ['http://[::1]:9200', 0],
  ])('on credentials for %s has %i lines', (url, count) => {
    expect(settingsAdvice({ ...given, engineUrls: [new URL(url)] })).toHaveLength(count);
  });
  it('never shows what stands in a URL', () => {
    const databaseUrl = new URL('postgresql://me:secret-word@db/x?sslmode=disable');
    const engineUrls = [new URL('http://me:secret-word@es:9200')];
    const lines = settingsAdvice({ ...given, engineUrls, databaseUrl, engineRequestMs: 100 });
    expect(lines).toHaveLength(3);
    expect(lines.join()).not.toContain('secret-word');
  });
});
