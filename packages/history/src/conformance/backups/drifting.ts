import type { LateEnd } from '@tandem/shared/domain/backup/state/late-ends.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { DriftChange } from '@tandem/shared/domain/reconciliation/drift.ts';
import { expect, it } from 'vitest';
import {
  accepted,
  claimed,
  command,
  completed,
  deleted,
  deletion,
  failed,
  foundSet,
  here,
  hold,
  keyOf,
  newCreate,
  operationId,
  someone,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';

const eventOf = (kind: NewEvent['kind']): NewEvent => ({ kind, actor: someone, source: 'worker', after: { kind } });
const state = eventOf('backup.state-changed');

const vanished = (number: number, uuid = `uuid-${number}`): DriftChange => ({
  ...{ number, uuid, found: { is: 'vanished', uuid: undefined } },
  event: eventOf('drift.vanished'),
});
const replaced = (number: number, by: string): DriftChange => ({
  ...{ number, uuid: `uuid-${number}`, found: { is: 'replaced', uuid: by } },
  event: eventOf('drift.replaced'),
});
const returned = (number: number): DriftChange => ({
  ...{ number, uuid: `uuid-${number}`, found: undefined },
  event: eventOf('drift.returned'),
});

export const drifting = (makeHistory: MakeHistory): void => {
  it('keeps what was found instead of a part, when that was noticed first, and tells each change once', async () => {
    const { history, advance } = await makeHistory();
    const { key } = await history.discover(foundSet('manual'));
    const look = (...drift: DriftChange[]) => history.noteState(key, 'INCOMPLETE', state, drift);
    const both = await Promise.all(Array.from({ length: 5 }, () => look(vanished(1), replaced(2, 'other'))));
    expect(both.filter((noted) => noted.state)).toHaveLength(1);
    expect(both.flatMap(({ parts }) => parts).toSorted()).toEqual([1, 2]);
    const [first, second] = (await history.findBackup('manual', here))?.parts ?? [];
    expect(first?.drift).toEqual({ is: 'vanished', uuid: undefined, noticedAt: expect.any(Date) });
    expect(second?.drift).toEqual({ is: 'replaced', uuid: 'other', noticedAt: expect.any(Date) });
    await advance(60_000);
    expect(await look(vanished(1), replaced(2, 'another'))).toEqual({ state: false, parts: [2], ended: [] });
    const later = (await history.findBackup('manual', here))?.parts ?? [];
    expect(later[0]?.drift).toEqual(first?.drift);
    expect(later[1]?.drift).toMatchObject({ uuid: 'another' });
    expect(later[1]?.drift?.noticedAt.getTime()).toBeGreaterThan(second?.drift?.noticedAt.getTime() ?? Infinity);
    expect(await history.noteState(key, 'COMPLETED', state, [returned(1), returned(2)])).toEqual({
      ...{ state: true, parts: [1, 2], ended: [] },
    });
    expect((await history.findBackup('manual', here))?.parts).toMatchObject([
      { drift: undefined },
      { drift: undefined },
    ]);
    const kinds = (await history.eventsOf('manual', 20)).map(({ kind }) => kind);
    expect(kinds).toEqual([
      'backup.discovered',
      ...['drift.vanished', 'drift.replaced', 'backup.state-changed'],
      'drift.replaced',
      ...['drift.returned', 'drift.returned', 'backup.state-changed'],
    ]);
  });

  it('leaves a backup alone of which a part has another uuid than the one that was looked for', async () => {
    const { history } = await makeHistory();
    const { key } = await history.discover(foundSet('manual'));
    for (const stale of [vanished(1, 'uuid-before'), { ...vanished(1), uuid: undefined }]) {
      const noted = await history.noteState(key, 'INCOMPLETE', state, [stale, vanished(2)]);
      expect(noted).toEqual({ state: false, parts: [], ended: [] });
    }
    expect(await history.eventsOf('manual', 10)).toHaveLength(1);
  });

  it('leaves a backup alone while a create or a deletion of it is open, and once it is deleted', async () => {
    const { history } = await makeHistory();
    const create = await accepted(history, newCreate(1, 'nightly'));
    const key = await keyOf(history, 'nightly');
    const { revision } = await claimed(history, create);
    const parts = [1, 2].map((number) => ({ number, state: 'SUCCESS', uuid: `uuid-${number}` }) as const);
    await history.record(create, revision, { parts, ...hold });
    const look = () => history.noteState(key, 'INCOMPLETE', state, [vanished(1)]);
    const nothing = { state: false, parts: [], ended: [] };
    expect(await look()).toEqual(nothing);
    expect(await history.findBackup('nightly', here)).toMatchObject({ state: 'IN_PROGRESS' });
    await history.record(create, revision, { outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' } });
    await history.requestDeletion(key, command, deletion(2));
    expect(await look()).toEqual(nothing);
    await deleted(history, operationId(2));
    expect(await look()).toEqual(nothing);
    const kept = await history.findBackupWithDeleted('nightly', here);
    expect(kept?.parts).toMatchObject([{ drift: undefined }, { drift: undefined }]);
  });

  it.each([true, false])(
    'keeps the late end of an open part once, with its event, where its create was abandoned: %s',
    async (abandoned) => {
      const { history } = await makeHistory();
      const create = await accepted(history, newCreate(1, 'nightly'));
      const { revision } = await claimed(history, create);
      const begun = [
        { number: 1, state: 'SUCCESS', uuid: 'uuid-1' },
        { number: 2, state: 'STARTING' },
      ] as const;
      await history.record(create, revision, {
        parts: begun,
        ...(abandoned ? { detail: { abandoned } } : {}),
        outcome: { do: 'end', state: 'CANCELLED', backup: 'FAILED' },
      });
      const key = await keyOf(history, 'nightly');
      const end = (number: number, uuid: string): LateEnd => ({
        part: {
          ...{
            number,
            state: 'SUCCESS',
            uuid,
            failures: [],
            versionId: 8_000_000,
            startedAt: new Date(5),
            endedAt: new Date(9),
          },
          shards: { total: 3, successful: 3, failed: 0 },
        },
        event: eventOf('part.succeeded'),
      });
      const look = () => history.noteState(key, 'COMPLETED', state, [], [end(1, 'another'), end(2, 'uuid-2')]);
      const before = (await history.findBackup('nightly', here))?.parts;
      const noted = await Promise.all(Array.from({ length: 5 }, look));
      if (!abandoned) {
        expect(noted.filter(({ ended }) => ended.length > 0)).toEqual([]);
        expect((await history.findBackup('nightly', here))?.parts).toEqual(before);
        return;
      }
      expect(noted.filter(({ ended }) => ended.length > 0)).toEqual([{ state: true, parts: [], ended: [2] }]);
      const record = await history.findBackup('nightly', here);
      const { number: _, ...facts } = end(2, 'uuid-2').part;
      expect(record).toMatchObject({ state: 'COMPLETED', parts: [before?.[0], { ...before?.[1], ...facts }] });
      const kinds = (await history.eventsOf('nightly', 20)).map(({ kind }) => kind);
      expect(kinds.slice(-2)).toEqual(['part.succeeded', 'backup.state-changed']);
      expect(kinds.filter((kind) => kind === 'part.succeeded')).toHaveLength(1);
      const theirs = await history.noteState(key, 'COMPLETED', state, [], [end(2, 'theirs')]);
      expect(theirs).toEqual({ state: false, parts: [], ended: [] });
    },
  );

  it('forgets what was found instead once the part is taken again', async () => {
    const { history } = await makeHistory();
    const create = await failed(history, newCreate(1, 'nightly'));
    const key = await keyOf(history, 'nightly');
    const foreign: DriftChange = {
      ...{ number: 1, uuid: undefined, found: { is: 'foreign', uuid: 'theirs' } },
      event: eventOf('drift.foreign'),
    };
    expect(await history.noteState(key, 'FAILED', state, [foreign])).toEqual({ state: false, parts: [1], ended: [] });
    await history.retryOperation(create, command);
    const { revision } = await claimed(history, create);
    await history.record(create, revision, { parts: [{ number: 1, state: 'STARTING' }], ...hold });
    expect((await history.findBackup('nightly', here))?.parts[0]?.drift).toMatchObject({ is: 'foreign' });
    await history.record(create, revision, { parts: [{ number: 1, state: 'IN_PROGRESS', uuid: 'ours' }], ...hold });
    expect((await history.findBackup('nightly', here))?.parts[0]?.drift).toBeUndefined();
  });

  it('walks over the backups that live, each once, with what is compared', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'b'));
    await history.discover(foundSet('b', { optimizeVersion: '8.6.0' }));
    await history.discover(foundSet('b', { location: { ...here, repositoryUuid: 'repository-b' } }));
    await completed(history, newCreate(3, 'deleted'));
    await history.requestDeletion(await keyOf(history, 'deleted'), command, deletion(4));
    await deleted(history, operationId(4));
    const { key } = await history.discover(foundSet('c'));
    await history.noteState(key, 'INCOMPLETE', state, [vanished(2)]);
    await completed(history, newCreate(5, 'going'));
    await history.requestDeletion(await keyOf(history, 'going'), command, deletion(6));
    await accepted(history, newCreate(2, 'a'));
    const walked = [];
    for (let cursor: string | undefined, pages = 0; pages < 10; pages += 1) {
      const { backups, next } = await history.livingBackups(cursor, 2);
      walked.push(...backups);
      if (next === undefined) break;
      cursor = next;
    }
    const compared = walked.map(({ backupId, optimizeVersion, location, busy }) => [
      ...[backupId, optimizeVersion, location.repositoryUuid, busy],
    ]);
    expect(compared).toEqual([
      ['a', '8.7.0', 'repository-a', true],
      ['b', '8.6.0', 'repository-a', false],
      ['b', '8.7.0', 'repository-a', false],
      ['b', '8.7.0', 'repository-b', false],
      ['c', '8.7.0', 'repository-a', false],
      ['going', '8.7.0', 'repository-a', true],
    ]);
    expect(walked[4]).toEqual({
      ...{ key, backupId: 'c', optimizeVersion: '8.7.0', profile: 'optimize', indexPrefix: 'optimize' },
      ...{ origin: 'discovered', location: here, state: 'INCOMPLETE', create: undefined, busy: false, deleting: false },
      parts: [
        {
          ...{ number: 1, of: 2, snapshotName: 'c-1', state: 'SUCCESS', uuid: 'uuid-1', versionId: 8_537_000 },
          drift: undefined,
        },
        {
          ...{ number: 2, of: 2, snapshotName: 'c-2', state: 'SUCCESS', uuid: 'uuid-2', versionId: 8_537_000 },
          drift: { is: 'vanished', uuid: undefined, noticedAt: expect.any(Date) },
        },
      ],
    });
    expect(walked[2]?.create).toEqual({ operationId: operationId(1), state: 'SUCCEEDED', revision: 3 });
    expect(await history.livingBackups('["zzz","",""]', 2)).toEqual({ backups: [], next: undefined });
  });
};
