import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whyNoMount } from '@tandem/local-stack/why-no-mount.ts';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  allDocuments,
  type Json,
  type PlanBody,
  planRestore,
  readRestore,
  removeIndices,
  restore,
  untilRestoreEnded,
} from './harness/requests/restores.ts';
import { create, read } from './harness/requests/v1.ts';
import { importIndices, otherIndices } from './harness/services/small-optimize.ts';
import { sharedStack } from './harness/stack.ts';
import { useWorld } from './harness/world.ts';

/* A restore must be possible in exactly the emergencies that it is for: each runs to SUCCEEDED with what its blocker's remedy says. */

const world = useWorld({ apps: false, environment: { LEASE_DURATION: '1s' } });
const ours = () => `${world.prefix}-*`;
const allNames = () => [...importIndices(world.prefix), ...otherIndices(world.prefix)].sort();
const wish = { backupId: 'b', deleteExisting: true };
let saved: Json;

const startOn = async (repository: string) => {
  const changes = { CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: repository };
  const [api, worker] = await Promise.all([world.startApi(changes), world.startWorker(changes)]);
  Object.assign(world, { api, worker });
};

const register = (repository: string, settings: object = {}) =>
  world.engine.call('PUT', `_snapshot/${repository}?verify=false`, {
    ...{ type: 'fs', settings: { location: join(sharedStack().repositoriesPath, repository), ...settings } },
  });

/** All that the only blocker's remedy asks for, as it is. */
const remedyOf = ({ blockers }: PlanBody): { readonly acceptUnsaved: readonly string[] } => {
  expect(blockers.map(({ code }) => code)).toEqual(['INDICES_UNSAVABLE']);
  const list = /"acceptUnsaved": (\[.*?\])/.exec(blockers[0]?.remedy ?? '')?.[1];
  return { acceptUnsaved: JSON.parse(list ?? '[]') };
};

const expectRestored = async (id: string) => {
  const ended = await untilRestoreEnded(world, id);
  expect(ended, JSON.stringify(ended.failure)).toMatchObject({ state: 'SUCCEEDED' });
  expect(await allDocuments(world.engine, ours())).toEqual(saved);
  return ended as Json & { readonly report: { readonly unsaved: readonly string[] } };
};

/** No node may hold its primary: what was there can neither be read nor saved. */
const makeRed = async (index: string) => {
  await world.engine.call('DELETE', index);
  await world.engine.createIndex(index, {
    settings: { 'routing.allocation.require._name': 'nowhere' },
    aliases: { [index.replace(/_v\d+$/, '')]: {} },
  });
};

const withoutSafetyBackup = async (): Promise<Json> => {
  const before = await world.snapshots();
  const accepted = remedyOf(await planRestore(world.api, wish));
  expect(accepted.acceptUnsaved).toEqual(allNames());
  const id = await restore(world.api, { ...wish, ...accepted }, { confirm: 'b' });
  const { report } = await expectRestored(id);
  expect(report.unsaved).toEqual(allNames());
  expect(await readRestore(world.api, id)).toMatchObject({ safetyBackupId: null });
  expect(await world.snapshots()).toEqual(before);
  const [requested] = await world.sql(
    "select after from event where kind = 'restore.requested' and after ->> 'operationId' = $1",
    id,
  );
  expect(requested?.after).toMatchObject({ wayBack: false, safetyBackupId: null, acceptUnsaved: allNames() });
  return report;
};

describe('an in-place restore with deleteExisting', () => {
  beforeAll(async () => {
    await startOn(world.repository);
    await create(world.api, 'b');
    await world.api.untilState('b', 'COMPLETED');
    saved = await allDocuments(world.engine, ours());
  });

  it('runs with a red live index that acceptUnsaved names; the others are saved', async () => {
    const red = `${world.prefix}-dashboard_v6`;
    await makeRed(red);
    const accepted = remedyOf(await planRestore(world.api, wish));
    expect(accepted).toEqual({ acceptUnsaved: [red] });
    const id = await restore(world.api, { ...wish, ...accepted }, { confirm: 'b' });
    const { report } = await expectRestored(id);
    expect(report.unsaved).toEqual([red]);
    const { parts } = await read<{ parts: { indices: string[] }[] }>(world.api, `/backups/before-restore-${id}`);
    expect(parts.flatMap(({ indices }) => indices).sort()).toEqual(allNames().filter((name) => name !== red));
  });

  it('runs with a red metadata index, whose version is assumed', async () => {
    const red = `${world.prefix}-metadata_v7`;
    await makeRed(red);
    const accepted = remedyOf(await planRestore(world.api, wish));
    const id = await restore(world.api, { ...wish, ...accepted }, { confirm: 'b' });
    await expectRestored(id);
    expect(await read(world.api, `/backups/before-restore-${id}`)).toMatchObject({
      ...{ state: 'COMPLETED', versionAssumed: true, optimizeVersion: '3.9.0' },
    });
  });

  it('runs with a closed metadata index, which is saved closed', async () => {
    const closed = `${world.prefix}-metadata_v7`;
    await world.engine.call('POST', `${closed}/_close?wait_for_active_shards=0`);
    const { warnings } = await planRestore(world.api, wish);
    expect(warnings).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'VERSION_UNKNOWN' })]));
    const id = await restore(world.api, wish, { confirm: 'b' });
    const { report } = await expectRestored(id);
    expect(report.unsaved).toEqual([]);
    expect(await read(world.api, `/backups/before-restore-${id}`)).toMatchObject({ versionAssumed: true });
  });

  it('runs where the metadata index alone is lost: the version is assumed, as the plan warns', async () => {
    await world.engine.call('DELETE', `${world.prefix}-metadata_v7`);
    const { blockers, warnings } = await planRestore(world.api, wish);
    expect(blockers).toEqual([]);
    expect(warnings).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'VERSION_UNKNOWN' })]));
    const id = await restore(world.api, wish, { confirm: 'b' });
    await expectRestored(id);
    expect(await read(world.api, `/backups/before-restore-${id}`)).toMatchObject({ versionAssumed: true });
  });

  it('runs over an index that is blocked for reading, whose documents nobody can count', async () => {
    const blocked = `${world.prefix}-dashboard_v6`;
    await world.engine.call('PUT', `${blocked}/_settings`, { 'index.blocks.read': true });
    expect((await planRestore(world.api, wish)).blockers).toEqual([]);
    const id = await restore(world.api, wish, { confirm: 'b' });
    const { report } = await expectRestored(id);
    expect(report.unsaved).toEqual([]);
  });

  it('runs with lost import indices, of which the safety backup has an empty part 1', async () => {
    await removeIndices(world.engine, `${world.prefix}-*import-index_v*`);
    const id = await restore(world.api, wish, { confirm: 'b' });
    await expectRestored(id);
    expect(await read(world.api, `/backups/before-restore-${id}`)).toMatchObject({
      parts: [{ state: 'EMPTY', indices: [] }, { state: 'SUCCESS' }],
    });
  });

  it('runs out of a repository that is registered as read-only, with all names accepted and no safety backup', async () => {
    await register(world.repository, { readonly: true });
    const { blockers, warnings } = await planRestore(world.api, wish);
    expect(blockers[0]).toMatchObject({ message: expect.stringContaining('its setting readonly is true') });
    expect(warnings).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'REPOSITORY_NOT_WRITABLE' })]));
    await withoutSafetyBackup();
    await register(world.repository);
  });

  it('runs where the repository keeps no further snapshot', async () => {
    const { length } = await world.snapshots();
    await register(world.repository, { max_number_of_snapshots: length });
    await withoutSafetyBackup();
    await register(world.repository, { max_number_of_snapshots: length + 1 });
    const [first = '', ...others] = importIndices(world.prefix);
    const half = { ...wish, acceptUnsaved: [first, ...others] };
    const id = await restore(world.api, half, { confirm: 'b' });
    await expectRestored(id);
    expect(await world.snapshots()).toHaveLength(length + 1);
    await register(world.repository);
  });
});

describe.skipIf(whyNoMount !== undefined)('an in-place restore out of a repository whose disk', () => {
  let folder = '';

  beforeAll(async () => {
    await Promise.all([world.api.kill(), world.worker.kill()]);
    const repository = `${world.name}-disk`;
    folder = join(sharedStack().repositoriesPath, repository);
    mkdirSync(folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=0777', 'tmpfs', folder]);
    world.onEnd(async () => void execFileSync('umount', ['-l', folder]));
    await world.newRepository('disk');
    Object.assign(world, { repository, snapshots: () => world.engine.snapshots(repository) });
    await startOn(repository);
    await create(world.api, 'b');
    await world.api.untilState('b', 'COMPLETED');
    saved = await allDocuments(world.engine, ours());
  });

  afterEach(() => {
    execFileSync('mount', ['-o', 'remount,rw', folder]);
    rmSync(join(folder, 'ballast'), { force: true });
  });

  it('was mounted read-only runs, with all names accepted', async () => {
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    const { blockers } = await planRestore(world.api, wish);
    expect(blockers[0]).toMatchObject({ message: expect.stringMatching(/read-only file system/i) });
    await withoutSafetyBackup();
  });

  it('is full runs, with all names accepted', async () => {
    expect(() => writeFileSync(join(folder, 'ballast'), Buffer.alloc(16 * 1024 * 1024))).toThrow('ENOSPC');
    const { blockers } = await planRestore(world.api, wish);
    expect(blockers[0]).toMatchObject({ message: expect.stringMatching(/no space left on device/i) });
    await withoutSafetyBackup();
  });
});
