import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { inMemoryInspection } from '@tandem/queue/in-memory/inspection.ts';
import type { RedisFacts } from '@tandem/shared/domain/doctor/facts.ts';
import { DOCTOR_CHECKS, type DoctorCheck } from '@tandem/shared/domain/doctor/finding.ts';
import type { DoctorReport } from '@tandem/shared/domain/doctor/report.ts';
import { scratchName } from '@tandem/shared/domain/doctor/scratch.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { describe, expect, it } from 'vitest';
import { TRIAL_MS } from './privileges.ts';
import { runDoctor } from './run-doctor.ts';
import type { DoctorSources } from './sources.ts';

const exposure = {
  host: '127.0.0.1',
  authMode: undefined,
  actuatorAuth: undefined,
  managementHost: undefined,
  certificate: undefined,
};

const NOW = new Date('2026-03-01T12:00:00Z');
const HISTORY_ID = '00000000-0000-4000-9000-000000000001';

const at = (): Date => NOW;

/** Everything in memory, healthy, with Optimize's indices and a repository. */
const healthy = () => {
  let ids = 0;
  const history = inMemoryHistory({ now: at });
  const engine = inMemoryEngine({ now: at, endOf: () => ({ state: 'SUCCESS' }) });
  engine.createRepository('backups');
  for (const name of ['metadata_v3', 'alert_v4', 'timestamp-based-import-index_v5'])
    engine.createIndex(`optimize-${name}`, 2);
  engine.putMetadata('optimize', { schemaVersion: '3.9.0', installationId: undefined });
  const redis = (facts: Partial<RedisFacts> = {}) => ({
    inspect: inMemoryInspection(at, facts).inspect,
    owner: async () => HISTORY_ID,
    prefix: '{tandem}',
  });
  const sources: DoctorSources = {
    settings: { problems: [], advice: [], exposure },
    history,
    redis: redis(),
    engine: { ...engine, checkAddresses: async () => ({ warnings: [], refusal: undefined }) },
    repository: 'backups',
    indexPrefix: 'optimize',
    optimizeVersion: undefined,
    workerSeenWithinMs: 60_000,
    tandemVersion: '0.1.0',
    newId: () => {
      ids += 1;
      return `0198c0de-7000-7000-8000-${String(ids).padStart(12, '0')}`;
    },
    now: at,
    sleep: (_ms, _value, options) => new Promise((resolve) => options?.signal.addEventListener('abort', resolve)),
    withoutSecrets: (text) => text.replaceAll('secret-word', '***'),
  };
  return { sources, engine, history, redis };
};

const resultOf = ({ findings }: DoctorReport, check: DoctorCheck) =>
  findings.find((one) => one.check === check)?.result;
const summaryOf = ({ findings }: DoctorReport, check: DoctorCheck) =>
  findings.find((one) => one.check === check)?.summary;
const evidenceOf = ({ findings }: DoctorReport, check: DoctorCheck) =>
  findings.find((one) => one.check === check)?.evidence;
const notOk = ({ findings }: DoctorReport) =>
  findings.filter(({ result }) => result !== 'ok').map(({ check }) => check);

const forbidden = () => fail('ENGINE_FORBIDDEN', 'Not allowed.', { call: 'x' });
const away = () => fail('ENGINE_UNREACHABLE', 'The engine is away at https://me:secret-word@es.', { call: 'x' });

describe('the doctor', () => {
  it('finds nothing in a healthy installation, and reports every check once', async () => {
    const { sources, engine } = healthy();
    const report = await runDoctor(sources);
    expect(notOk(report)).toEqual([]);
    expect(report.findings.map(({ check }) => check)).toEqual(DOCTOR_CHECKS);
    expect(report.verdict).toBe('ok');
    expect(engine.snapshots('backups')).toEqual([]);
    expect(await engine.listIndices('tandem-doctor')).toEqual([]);
  });

  it('reports every check once, whatever is missing', async () => {
    const { sources } = healthy();
    const none = { history: undefined, redis: undefined, engine: undefined };
    const settings = { problems: ['DATABASE_URL: is required'], advice: [], exposure };
    const report = await runDoctor({ ...sources, ...none, settings });
    expect(report.findings.map(({ check }) => check)).toEqual(DOCTOR_CHECKS);
    expect(report.counts).toMatchObject({ fail: 1, warn: 0, ok: 3 });
  });

  it('goes on where a server does not answer, and shows no secret', async () => {
    const { sources, engine, history } = healthy();
    engine.failNext('info', away());
    const gone = async () => {
      throw new Error('password secret-word refused');
    };
    const report = await runDoctor({ ...sources, history: { ...history, inspectDatabase: gone } });
    expect(resultOf(report, 'engine')).toBe('fail');
    expect(resultOf(report, 'postgresql')).toBe('fail');
    expect(resultOf(report, 'optimize-indices')).toBe('notKnown');
    expect(resultOf(report, 'redis')).toBe('ok');
    expect(report.counts.fail).toBe(2);
    expect(JSON.stringify(report)).not.toContain('secret-word');
    expect(summaryOf(report, 'postgresql')).toBe('password *** refused');
  });

  it('does not know what hangs, after a time', async () => {
    const { sources, engine } = healthy();
    const hanging = { ...sources.engine, ...engine, capacity: () => new Promise<never>(() => undefined) };
    const checkAddresses = async () => ({ warnings: [], refusal: undefined });
    const slept: number[] = [];
    const sleep = async (ms: number) => {
      slept.push(ms);
      // the others answer first
      for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
      await new Promise((resolve) => setTimeout(resolve, 50));
    };
    const report = await runDoctor({ ...sources, engine: { ...hanging, checkAddresses }, sleep });
    expect(notOk(report)).toEqual(['engine-disk', 'engine-shards']);
    expect(summaryOf(report, 'engine-disk')).toBe('There was no answer within 15 s.');
    expect(Math.max(...slept)).toBeLessThan(60_000);
  });

  it.each<[string, (set: ReturnType<typeof healthy>) => void, Partial<Record<DoctorCheck, string>>]>([
    [
      'a read-only repository',
      ({ engine }) => engine.setReadOnly('backups', true),
      { 'repository-writable': 'fail', 'engine-privileges': 'notKnown' },
    ],
    [
      'a repository that nobody registered',
      ({ engine }) => engine.removeRepository('backups'),
      {
        ...{ repository: 'fail', 'repository-writable': 'notKnown', 'repository-location': 'notKnown' },
        ...{ 'repository-limit': 'notKnown', 'engine-privileges': 'notKnown' },
      },
    ],
    [
      'a repository that one node cannot use',
      ({ engine }) => engine.hideRepository('backups', 'in-memory'),
      { 'repository-writable': 'fail', 'engine-privileges': 'notKnown' },
    ],
    [
      'a repository without room',
      ({ engine }) => engine.limitSnapshots('backups', 1),
      { 'repository-limit': 'fail', 'engine-privileges': 'notKnown' },
    ],
    [
      'a managed service that allows little',
      ({ engine }) => engine.disallow('capacity', 'clusterConditions', 'inspectNodes'),
      {
        ...{ 'engine-versions': 'notKnown', 'engine-disk': 'notKnown', 'engine-shards': 'notKnown' },
        ...{ 'engine-allocation': 'notKnown', 'engine-blocks': 'notKnown', 'engine-health': 'notKnown' },
        'engine-clock': 'notKnown',
      },
    ],
    [
      'a user who may not verify',
      ({ engine }) => engine.failNext('verifyRepository', forbidden()),
      { 'repository-writable': 'notKnown' },
    ],
    [
      'a user who may not create snapshots',
      ({ engine }) => engine.failNext('startSnapshot', forbidden()),
      { 'engine-privileges': 'fail' },
    ],
    [
      'a user who may not create indices',
      ({ engine }) => engine.failNext('createScratchIndex', forbidden()),
      { 'engine-privileges': 'notKnown' },
    ],
    [
      'a user whose privileges the engine lists',
      ({ engine }) => engine.withholdRights({ cluster: ['create_snapshot'], indices: [] }),
      { 'engine-privileges': 'fail' },
    ],
    [
      'no index of Optimize',
      ({ engine }) => {
        for (const name of ['metadata_v3', 'alert_v4', 'timestamp-based-import-index_v5'])
          engine.deleteIndex(`optimize-${name}`);
      },
      { 'optimize-indices': 'fail' },
    ],
  ])('finds %s, and nothing else', async (_, change, expected) => {
    const set = healthy();
    change(set);
    const report = await runDoctor(set.sources);
    expect(Object.fromEntries(notOk(report).map((check) => [check, resultOf(report, check)]))).toEqual(expected);
  });

  it('asks a user whose privileges the engine lists to create nothing', async () => {
    const { sources, engine } = healthy();
    engine.withholdRights({ cluster: [], indices: [] });
    await runDoctor(sources);
    expect(engine.calls.map(({ method }) => method)).not.toContain('createScratchIndex');
  });

  it('names what the engine does not let it delete, and creates nothing more while that is there', async () => {
    const { sources, engine } = healthy();
    engine.failNext('deleteSnapshot', forbidden());
    const report = await runDoctor(sources);
    expect(resultOf(report, 'engine-privileges')).toBe('fail');
    const [left] = engine.snapshots('backups').map(({ name }) => name);
    expect(summaryOf(report, 'engine-privileges')).toMatch(
      new RegExp(`^The user may not delete a snapshot\\. .* gone: snapshot ${left} in backups\\.$`),
    );
    expect(evidenceOf(report, 'engine-privileges')).toMatchObject({
      ...{ scratch: left, left: [`snapshot ${left} in backups`], refused: ['delete a snapshot'] },
    });
    expect(await engine.listIndices('tandem-doctor')).toEqual([]);

    const later = { ...sources, now: () => new Date(NOW.getTime() + 3_600_000) };
    engine.failNext('deleteSnapshot', forbidden());
    const second = await runDoctor(later);
    expect(resultOf(second, 'engine-privileges')).toBe('fail');
    expect(summaryOf(second, 'engine-privileges')).toContain(`Left by earlier runs: snapshot ${left} in backups.`);
    expect(engine.calls.filter(({ method }) => method === 'createScratchIndex')).toHaveLength(1);

    expect(resultOf(await runDoctor(later), 'engine-privileges')).toBe('ok');
    expect(engine.snapshots('backups')).toEqual([]);
  });

  it('tries the rights for snapshots where no index may be created', async () => {
    const { sources, engine } = healthy();
    engine.failNext('createScratchIndex', forbidden());
    expect(summaryOf(await runDoctor(sources), 'engine-privileges')).toMatch(/Snapshots may be created and deleted\.$/);
    engine.failNext('createScratchIndex', forbidden());
    engine.failNext('deleteSnapshot', forbidden());
    const report = await runDoctor(sources);
    expect(evidenceOf(report, 'engine-privileges')).toMatchObject({
      ...{ refused: ['create an index', 'delete a snapshot'], left: [] },
    });
    expect(resultOf(report, 'engine-privileges')).toBe('fail');
  });

  it('says what was not tried', async () => {
    const report = await runDoctor(healthy().sources);
    expect(summaryOf(report, 'engine-privileges')).toMatch(/Not tried: .*Optimize's indices, restores, templates\.$/);
  });

  it('tries nothing after a rollback of PostgreSQL', async () => {
    const { sources, engine, history } = healthy();
    const rollback = { detectedAt: NOW.toISOString() } as never;
    const readLine = async () => ({ ...(await history.readLine([])), rollback });
    const report = await runDoctor({ ...sources, history: { ...history, readLine } });
    expect(resultOf(report, 'engine-privileges')).toBe('notKnown');
    expect(summaryOf(report, 'engine-privileges')).toContain('PostgreSQL was rolled back');
    expect(engine.calls.map(({ method }) => method)).not.toContain('createScratchIndex');
  });

  it('limits the trial from its start, and not while the repository is verified', async () => {
    const { sources, engine } = healthy();
    const verified = Promise.withResolvers<Awaited<ReturnType<typeof engine.verifyRepository>>>();
    const slept: number[] = [];
    const sleep: DoctorSources['sleep'] = (ms, ...others) => {
      slept.push(ms);
      return sources.sleep(ms, ...others);
    };
    const asked = { ...sources.engine, ...engine, verifyRepository: () => verified.promise };
    const checkAddresses = async () => ({ warnings: [], refusal: undefined });
    const running = runDoctor({ ...sources, sleep, engine: { ...asked, checkAddresses } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(slept).not.toContain(TRIAL_MS);
    verified.resolve(await engine.verifyRepository('backups'));
    expect(notOk(await running)).toEqual([]);
    expect(slept).toContain(TRIAL_MS);
  });

  it('names what a late trial deletes after the report', async () => {
    const { sources, engine } = healthy();
    const created = Promise.withResolvers<void>();
    const works: Promise<unknown>[] = [];
    const slow = { ...sources.engine, ...engine };
    const createScratchIndex = async (name: string) => {
      await created.promise;
      await engine.createScratchIndex(name);
    };
    const checkAddresses = async () => ({ warnings: [], refusal: undefined });
    const report = await runDoctor({
      ...sources,
      engine: { ...slow, createScratchIndex, checkAddresses },
      sleep: async (ms, ...others) => (ms === TRIAL_MS ? undefined : sources.sleep(ms, ...others)),
      afterwards: (work) => void works.push(work),
    });
    const { scratch } = evidenceOf(report, 'engine-privileges') ?? {};
    expect(scratch).toMatch(/^tandem-doctor-/);
    expect(summaryOf(report, 'engine-privileges')).toContain(`index and snapshot ${scratch} are deleted`);
    expect(resultOf(report, 'engine-privileges')).toBe('notKnown');
    created.resolve();
    await Promise.all(works);
    expect(works).toHaveLength(1);
    expect(engine.calls.map(({ method }) => method)).not.toContain('startSnapshot');
    expect(await engine.listIndices('tandem-doctor')).toEqual([]);
  });

  it('removes what a killed run left behind, and nothing else', async () => {
    const { sources, engine } = healthy();
    const id = '0198c0de-7000-7000-8000-0000000000aa';
    const old = scratchName('optimize', new Date(NOW.getTime() - 3_600_000), id);
    const running = scratchName('optimize', new Date(NOW.getTime() - 30_000), id);
    const mine = 'tandem-doctor-of-mine';
    const alike = scratchName('optimize', new Date(NOW.getTime() - 7_200_000), id);
    await engine.createScratchIndex(old);
    await engine.createScratchIndex(running);
    engine.createIndex(mine);
    engine.createIndex(alike);
    engine.putSnapshot('backups', { name: alike, indices: [alike] });
    await runDoctor(sources);
    expect((await engine.listIndices('tandem-doctor')).map(({ name }) => name).sort()).toEqual(
      [alike, mine, running].sort(),
    );
    expect(engine.snapshots('backups').map(({ name }) => name)).toEqual([alike]);
  });

  it.each([
    ['ENGINE_UNSUPPORTED', /^Upgrade the engine, or correct ELASTICSEARCH_URL/],
    ['ENGINE_FORBIDDEN', /^Correct the credentials, or grant the user the privilege/],
    ['ENGINE_UNREACHABLE', /^Check the URL and the credentials of the engine, and that it runs/],
  ] as const)('%s has the remedy of that failure, and nothing else is said of the engine', async (code, remedy) => {
    const { sources, engine } = healthy();
    engine.failNext('info', fail(code, 'As the engine says.', { call: 'info' }));
    const report = await runDoctor(sources);
    const found = report.findings.find(({ check }) => check === 'engine');
    expect(found).toMatchObject({
      ...{ result: 'fail', summary: 'As the engine says.', remedy: expect.stringMatching(remedy) },
    });
    expect(summaryOf(report, 'engine-privileges')).toBe('The engine cannot be used: see the check engine.');
    expect(engine.calls.map(({ method }) => method)).toEqual(['info']);
  });
});
