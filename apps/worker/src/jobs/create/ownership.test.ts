import { expect, it } from 'vitest';
import { OPERATION, setUpCreate } from './create.fixture.ts';

const NEXT = '00000000-0000-4000-8000-000000000002';
const UNKNOWN = 'optimize-brand-new-feature_v1';
const STAGING = 'optimize-staging-metadata_v3';

type Created = Awaited<ReturnType<typeof setUpCreate>>;
const changesOf = async ({ history }: Created, backupId: string) =>
  (await history.eventsOf(backupId, 100)).filter(({ kind }) => kind === 'ownership.changed');
const kept = async ({ history }: Created, backupId: string) =>
  (await history.findBackup(backupId, undefined))?.ownership?.classes;

/** The backup after `b`. */
const secondOf = async (created: Created): Promise<void> => {
  await created.accept('second', NEXT);
  await created.toTheEnd(NEXT);
};

it('says nothing of the first backup, and nothing where the next finds the same', async () => {
  const created = await setUpCreate();
  await created.toTheEnd();
  await secondOf(created);
  expect([...(await changesOf(created, 'b')), ...(await changesOf(created, 'second'))]).toEqual([]);
});

it('says what differs from the backup before', async () => {
  const created = await setUpCreate();
  await created.toTheEnd();
  created.engine.createIndex(UNKNOWN);
  created.engine.createIndex(STAGING);
  await secondOf(created);
  const none = { names: [], more: 0 };
  expect(await changesOf(created, 'second')).toMatchObject([
    {
      source: 'worker',
      before: { backupId: 'b', unknown: none, otherInstallation: none },
      after: {
        ...{ operationId: NEXT, part: 1 },
        unknown: { names: [UNKNOWN], more: 0 },
        otherInstallation: { names: [STAGING], more: 0 },
      },
    },
  ]);
});

it('says what differs when part 2 is resolved after part 1, and keeps that', async () => {
  const created = await setUpCreate();
  await created.tick(created.job);
  created.engine.createIndex(UNKNOWN);
  created.engine.createIndex('optimize-process-instance-born_v8');
  await created.toTheEnd();
  expect(await kept(created, 'b')).toEqual({ unknown: { names: [UNKNOWN] } });
  expect(await changesOf(created, 'b')).toMatchObject([
    { before: { unknown: { names: [] } }, after: { operationId: OPERATION, part: 2, unknown: { names: [UNKNOWN] } } },
  ]);
  await secondOf(created);
  expect(await changesOf(created, 'second')).toEqual([]);
});

it('keeps what part 1 finds, without an event where the backup before has found the same', async () => {
  const created = await setUpCreate();
  created.engine.createIndex(UNKNOWN);
  await created.toTheEnd();
  created.engine.deleteIndex(UNKNOWN);
  await created.accept('second', NEXT);
  created.engine.createIndex(UNKNOWN);
  await created.toTheEnd(NEXT);
  expect(await kept(created, 'second')).toEqual({ unknown: { names: [UNKNOWN] } });
  expect(await changesOf(created, 'second')).toEqual([]);
});
