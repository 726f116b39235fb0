import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StackEngine, stackEngines } from '@tandem/local-stack/engine/engine-kinds.ts';
import { findJdks, missingJdk } from '@tandem/local-stack/engine/java.ts';
import { startEngine } from '@tandem/local-stack/engine/start-engine.ts';
import { findPort } from '@tandem/local-stack/process/ports.ts';
import {
  canRestore,
  oldestOf,
  type PartVersions,
  whyUnreadable,
} from '@tandem/shared/domain/backup/state/compatibility.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { Engine } from './port.ts';
import { askEngine, realEngineFixture } from './real-engine.fixture.ts';
import { connectEngine } from './registry.ts';

/*
 * What the rule in compatibility.ts says of a snapshot, and what the real engines do with it: repositories are copied from one to another, as when
 * an engine is replaced. A machine without one of the JDKs skips the pairs that need it.
 */

type Running = {
  readonly server: Awaited<ReturnType<typeof startEngine>>;
  readonly engine: Engine;
  readonly ask: ReturnType<typeof askEngine>;
  readonly fixture: ReturnType<typeof realEngineFixture>;
};

/** A snapshot `s` of one index in a repository of that engine, and what Tandem records of it. */
type Taken = { readonly by: StackEngine; readonly repository: string; readonly index: string } & PartVersions;

const kinds = Object.keys(stackEngines) as StackEngine[];
const timing = { requestTimeoutMs: 30_000, masterTimeoutMs: 20_000 };
const running = new Map<StackEngine, Running>();
const missing = new Map<StackEngine, string>();
let directory: string;
let joinPort: number;

/** Of a node of the cluster that Elasticsearch 8 is the first node of. */
const joining = (name: string, transportPort: number) => ({
  ...{ 'node.name': name, 'discovery.type': 'multi-node', 'discovery.seed_hosts': `127.0.0.1:${joinPort}` },
  ...{ 'transport.port': String(transportPort), 'path.repo': directory },
});

/** Elasticsearch 8 lets another node join; the others are alone. */
const settingsOf = (kind: StackEngine) =>
  kind === 'elasticsearch@8'
    ? { ...joining('eight', joinPort), 'cluster.initial_master_nodes': 'eight' }
    : { 'path.repo': directory };

const connected = (kind: StackEngine, server: Running['server']): Running => ({
  server,
  engine: connectEngine({ url: server.url, ...timing }),
  ask: askEngine(server.url),
  fixture: realEngineFixture(server.url, folderOf(kind)),
});

const folderOf = (kind: StackEngine): string => join(directory, kind.replace('@', '-'));

const start = async (kind: StackEngine): Promise<void> => {
  const server = await startEngine({ directory: folderOf(kind), kind, durable: false, settings: settingsOf(kind) });
  running.set(kind, connected(kind, server));
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tandem-compatibility-'));
  joinPort = await findPort([]);
  const jdks = await findJdks();
  for (const kind of kinds) {
    const lacking = missingJdk(jdks, kind);
    if (lacking !== undefined) missing.set(kind, lacking);
  }
  await Promise.all(kinds.filter((kind) => !missing.has(kind)).map(start));
});

afterAll(async () => {
  for (const { engine, server } of running.values()) {
    await engine.close();
    await server.stop();
  }
  await rm(directory, { recursive: true, force: true });
});

/** Skips the test with a message that names the JDK which an engine needs. */
const need = ({ skip }: TestContext, ...some: readonly StackEngine[]): readonly Running[] => {
  const lacking = some.map((kind) => missing.get(kind)).find((message) => message !== undefined);
  skip(lacking !== undefined, lacking);
  return some.map((kind) => running.get(kind)).filter((one) => one !== undefined);
};

/** Takes a snapshot of an index that is there. */
const take = async (by: StackEngine, repository: string, index: string): Promise<Taken> => {
  const { engine, ask, fixture } = running.get(by) as Running;
  await fixture.createRepository(repository);
  await ask('PUT', `/_snapshot/${repository}/s?wait_for_completion=true`, {
    indices: index,
    include_global_state: false,
  });
  const [snapshot] = await engine.findSnapshots(repository, ['s']);
  expect(snapshot).toMatchObject({ state: 'SUCCESS', indices: [index] });
  return {
    ...{ by, repository, index, versionId: snapshot?.versionId },
    oldestIndex: oldestOf(await engine.describeIndices([index])),
  };
};

/** Each engine's snapshot of an index of its own, taken once. */
const own = new Map<StackEngine, Promise<Taken>>();
const takenBy = (by: StackEngine): Promise<Taken> => {
  const slug = by.replace('@', '-');
  const begun =
    own.get(by) ??
    (async () => {
      await running.get(by)?.fixture.createIndex(`tandem-${slug}`, 1);
      return take(by, slug, `tandem-${slug}`);
    })();
  own.set(by, begun);
  return begun;
};

let copies = 0;

/** Copies the repository to another engine and restores from it: what happened, and whether the index can be written to. */
const restored = async ({ by, repository, index }: Taken, { engine, ask }: Running) => {
  copies += 1;
  const copy = `copy-${copies}`;
  await cp(join(folderOf(by), `${repository}-${process.pid}`), join(directory, copy), { recursive: true });
  await ask('PUT', `/_snapshot/${copy}`, { type: 'fs', settings: { location: join(directory, copy), readonly: true } });
  const rename = { pattern: '(.+)', replacement: `${copy}-$1` };
  try {
    await engine.startRestore({ repository: copy, snapshot: 's', indices: [index], rename, as: 'copy' });
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { restores: false, writes: false, why: error.code, index: '' };
  }
  const name = `${copy}-${index}`;
  await ask('GET', `/_cluster/health/${name}?wait_for_status=yellow&timeout=30s`);
  const writes = await ask('PUT', `/${name}/_doc/written?timeout=10s`, { by: 'Optimize' }).then(
    () => true,
    () => false,
  );
  return { restores: true, writes, why: undefined, index: name };
};

const READ_BY: Readonly<Record<StackEngine, readonly StackEngine[]>> = {
  'elasticsearch@7': ['elasticsearch@7', 'elasticsearch@8'],
  'elasticsearch@8': ['elasticsearch@8', 'elasticsearch@9'],
  'elasticsearch@9': ['elasticsearch@9'],
  'opensearch@2': ['opensearch@2', 'opensearch@3'],
  'opensearch@3': ['opensearch@3'],
};

const pairs = kinds.flatMap((by) => kinds.map((to) => [by, to, READ_BY[by].includes(to)] as const));

describe('a snapshot of an index that its engine created', () => {
  it.for(pairs)('taken by %s, read from %s: restorable %s', async ([by, to, expected], context) => {
    const [, target] = need(context, by, to);
    const taken = await takenBy(by);
    if (target === undefined) throw new Error(`${to} does not run`);
    const real = await restored(taken, target);
    expect({ rule: canRestore(taken, await target.engine.info()), ...real }).toMatchObject({
      ...{ rule: expected, restores: expected, writes: expected },
    });
  });
});

/** An index that an older engine created, inside a snapshot by a newer one. */
const older = async (creator: StackEngine, by: Running, kind: StackEngine, readOnly: boolean): Promise<Taken> => {
  const { index } = await restored(await takenBy(creator), by);
  if (readOnly) await by.ask('PUT', `/${index}/_block/write`);
  return take(kind, `old-${index}`, index);
};

describe('an index that is older than its snapshot', () => {
  it.for([
    ['elasticsearch@7', 'elasticsearch@8', 'elasticsearch@9', false],
    ['elasticsearch@7', 'elasticsearch@8', 'elasticsearch@9', true],
  ] as const)(
    'created by %s in a snapshot by %s is INCOMPATIBLE with %s, blocked for writing: %s',
    async ([creator, by, to, readOnly], context) => {
      const [, middle, target] = need(context, creator, by, to);
      if (middle === undefined || target === undefined) throw new Error('an engine does not run');
      const taken = await older(creator, middle, by, readOnly);
      const [info, there] = [await target.engine.info(), await middle.engine.info()];
      expect(whyUnreadable(taken.versionId, info), 'the snapshot itself').toBeUndefined();
      expect(whyUnreadable(taken.oldestIndex?.createdVersion, info)).toBe('older');
      expect([canRestore(taken, there), canRestore(taken, info)]).toEqual([true, false]);
      // as an archive that is read-only, where it is taken at all
      expect(await restored(taken, target)).toMatchObject({ writes: false });
    },
  );

  it('created by opensearch@2 is restored by opensearch@3, and not taken back', async (context) => {
    const [two, three] = need(context, 'opensearch@2', 'opensearch@3');
    if (two === undefined || three === undefined) throw new Error('an engine does not run');
    const taken = await older('opensearch@2', three, 'opensearch@3', false);
    expect(canRestore(taken, await three.engine.info())).toBe(true);
    expect(canRestore(taken, await two.engine.info())).toBe(false);
    expect(await restored(taken, two)).toMatchObject({ restores: false });
  });
});

type VersionsByIndex = Readonly<Record<string, { settings: { index: { version: { created: string } } } }>>;

/** A node of 9 does not join a cluster that holds an index which 7 created and that can be written to. */
const removeIndicesOf7 = async ({ ask }: Running): Promise<void> => {
  const indices = (await ask('GET', '/_all/_settings/index.version.created')) as VersionsByIndex;
  for (const [name, { settings }] of Object.entries(indices)) {
    if (settings.index.version.created.startsWith('7')) await ask('DELETE', `/${name}`);
  }
};

// last: Elasticsearch 8 becomes a cluster of two
describe('a cluster of elasticsearch@8 and elasticsearch@9, as during a rolling upgrade', () => {
  it('restores nothing newer than its oldest node reads, and nothing older than its newest node reads', async (context) => {
    const [seven, eight, nine] = need(context, 'elasticsearch@7', 'elasticsearch@8', 'elasticsearch@9');
    if (seven === undefined || eight === undefined || nine === undefined) throw new Error('an engine does not run');
    const alone = await eight.engine.info();
    expect(alone).not.toHaveProperty('newestMajor');
    await removeIndicesOf7(eight);
    const second = await startEngine({
      ...{ directory: join(directory, 'second'), kind: 'elasticsearch@9', durable: false },
      settings: joining('nine', await findPort([])),
    });
    try {
      const info = await eight.engine.info();
      expect(info).toEqual({ ...alone, newestMajor: 9 });
      expect(info.newestReadable).toBeLessThan((await nine.engine.info()).newestReadable);
      for (const [by, expected] of [
        ['elasticsearch@7', false],
        ['elasticsearch@8', true],
        ['elasticsearch@9', false],
      ] as const) {
        const taken = await takenBy(by);
        const { restores } = await restored(taken, eight);
        expect([by, canRestore(taken, info), restores]).toEqual([by, expected, expected]);
      }
    } finally {
      await second.stop();
    }
  });
});
