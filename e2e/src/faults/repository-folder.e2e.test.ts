import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whyNoMount } from '@tandem/local-stack/why-no-mount.ts';
import { beforeAll, expect, it } from 'vitest';
import { expectRefusal } from '../harness/requests/expect-refusal.ts';
import { send } from '../harness/requests/v1.ts';
import type { Row } from '../harness/services/database.ts';
import { createOfPart, type EngineGate, openEngineGate } from '../harness/services/engine-gate.ts';
import { sharedStack } from '../harness/stack.ts';
import { useWorld, type World } from '../harness/world.ts';
import { expectPromise } from './promise.ts';

const world = useWorld({ apps: false });
let gate: EngineGate;

const folderOf = (name: string) => join(sharedStack().repositoriesPath, `${world.name}-${name}`);

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
});

/** An API and a worker of their own on a repository in a folder of its own; `mounted`: of so many megabytes. */
const onRepository = async (name: string, mountedMb?: number): Promise<World> => {
  const folder = folderOf(name);
  mkdirSync(folder);
  if (mountedMb !== undefined) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mountedMb}m,mode=0777`, 'tmpfs', folder]);
    world.onEnd(async () => void execFileSync('umount', ['-l', folder]));
  }
  const repository = await world.newRepository(name);
  const changes = { CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: repository };
  const [api] = await Promise.all([
    world.startApi(changes),
    world.startWorker({ ...changes, ELASTICSEARCH_URL: gate.url }),
  ]);
  return { ...world, api, snapshots: () => world.engine.snapshots(repository) };
};

const lastKnown = async (here: World, id: string) => expectRefusal(await here.api.get(id), 500, 'serverError');

it.skipIf(whyNoMount !== undefined)(
  `a folder made read-only in the middle: goes on by itself once it can be written${whyNoMount === undefined ? '' : ` (skipped: ${whyNoMount})`}`,
  async () => {
    const here = await onRepository('locked', 16);
    const create = gate.hold(createOfPart('locked', 2));
    expect((await here.api.post('locked')).status).toBe(200);
    await create.arrived;
    execFileSync('mount', ['-o', 'remount,ro', folderOf('locked')]);
    create.decide({ do: 'forward' });

    // the engine accepts it all the same, and then has nothing of it
    await world.untilEvent('locked', 'part.vanished');
    expect(await here.api.state('locked')).toBe('IN_PROGRESS');
    execFileSync('mount', ['-o', 'remount,rw', folderOf('locked')]);

    await here.api.untilState('locked', 'COMPLETED', 60_000);
    await expectPromise(here, ['locked']);
  },
);

it.skipIf(whyNoMount !== undefined)(
  `a full disk: no backup counts as COMPLETED that is not whole, and the next one works once there is room${whyNoMount === undefined ? '' : ` (skipped: ${whyNoMount})`}`,
  async () => {
    const here = await onRepository('full', 4);
    const create = gate.hold(createOfPart('full', 2));
    expect((await here.api.post('full')).status).toBe(200);
    await create.arrived;
    const ballast = join(folderOf('full'), 'ballast');
    fill(ballast);
    create.decide({ do: 'forward' });
    const seen = await world.until(
      'the engine has said something',
      async () => (await world.events('full')).map(({ kind }) => String(kind)),
      (kinds) => kinds.includes('attempt.failed') || kinds.includes('backup.failed'),
    );
    rmSync(ballast);

    if (seen.includes('backup.failed')) await expectPromise(here, ['full'], 'FAILED');
    else {
      await world.until(
        'it ends',
        () => here.api.state('full'),
        (state) => state !== 'IN_PROGRESS',
      );
      await expectPromise(here, ['full'], (await here.api.state('full')) === 'COMPLETED' ? 'COMPLETED' : 'FAILED');
    }
    expect((await here.api.post('room-again')).status).toBe(200);
    await here.api.untilState('room-again', 'COMPLETED', 60_000);
    await expectPromise(here, ['room-again']);
  },
);

/** Until nothing fits any more. */
const fill = (file: string) => {
  try {
    writeFileSync(file, Buffer.alloc(16 * 1024 * 1024));
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
  }
};

it('a folder renamed away and back: what is in it is not taken for vanished, and the backup can be finished once it is registered anew', async () => {
  const here = await onRepository('moved');
  expect((await here.api.post('done-before')).status).toBe(200);
  await here.api.untilState('done-before', 'COMPLETED');
  const create = gate.hold(createOfPart('moved', 2));
  expect((await here.api.post('moved')).status).toBe(200);
  await create.arrived;
  renameSync(folderOf('moved'), `${folderOf('moved')}-away`);
  create.decide({ do: 'forward' });
  // it has disabled the repository, for its contents are not as it left them; or it ended the snapshot PARTIAL before it looked
  const seen = await world.until('the engine has said something', storyOfMoved, ({ state, refused }) => {
    return state === 'FAILED' || Number(refused) > 0;
  });
  expect(await lastKnown(here, 'done-before')).toMatch(/Last seen COMPLETED/);
  if (seen.state === 'FAILED') expect(seen.code).toBe('PART_NOT_WHOLE');

  // as the engine asks for; before the folder is back, or a snapshot that is being finished is named there and lacks its files
  const repository = `${world.name}-moved`;
  await world.until(
    'nothing runs in it any more',
    () => world.engine.call('DELETE', `_snapshot/${repository}`).then(() => true),
    (removed) => removed,
  );
  rmSync(folderOf('moved'), { recursive: true, force: true });
  renameSync(`${folderOf('moved')}-away`, folderOf('moved'));
  await world.engine.putRepository(repository, folderOf('moved'));

  const ended = await world.until(
    'it has ended',
    storyOfMoved,
    ({ state }) => state === 'FAILED' || state === 'SUCCEEDED',
  );
  if (ended.state === 'FAILED') {
    const retried = await send(here.api, 'POST', `/operations/${ended.id}/retry`, {
      reason: 'the folder is back',
    });
    expect(retried.status, retried.text).toBe(202);
  }
  await here.api.untilState('moved', 'COMPLETED', 60_000);
  await expectPromise(here, ['done-before', 'moved'], 'COMPLETED', {
    retried: ended.state === 'FAILED' ? ['moved'] : [],
  });
});

/** The create of `moved`, and how often the engine refused it for its repository. */
const storyOfMoved = async (): Promise<Row> => {
  const [row] = await world.sql(`
    select o.id, o.state, o.failure ->> 'code' as code,
      (select count(*) from attempt a where a.operation_id = o.id and a.reason ->> 'code' = 'REPOSITORY_UNAVAILABLE') as refused
    from operation o join backup b on b.key = o.backup_key where b.backup_id = 'moved'`);
  if (row === undefined) throw new Error('no operation of moved');
  return row;
};
