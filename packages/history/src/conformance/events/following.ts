import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import { expect, it } from 'vitest';
import {
  accepted,
  claimed,
  command,
  completed,
  deleted,
  deletion,
  foundSet,
  hold,
  keyOf,
  newCreate,
  operationId,
  requested,
  someone,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';

const refusal: NewEvent = { kind: 'backup.refused', actor: someone, source: 'api' };

export const following = (makeHistory: MakeHistory): void => {
  it('tells the events after one, oldest first, at most the limit', async () => {
    const { history } = await makeHistory();
    await history.appendEvents([{ ...refusal, backupId: 'other' }]);
    await accepted(history, newCreate(1, 'nightly'));
    await history.appendEvents(['nightly', 'other', 'nightly'].map((backupId) => ({ ...refusal, backupId })));
    const all = await history.eventsAfter('nightly', '0', 10);
    expect(all).toEqual(await history.eventsOf('nightly', 10));
    expect(all).toHaveLength(3);
    expect(await history.eventsAfter('nightly', all[0]?.id ?? '', 1)).toEqual(all.slice(1, 2));
    expect(await history.eventsAfter('nightly', all[2]?.id ?? '', 10)).toEqual([]);
    expect(await history.eventsAfter('unheard-of', '0', 10)).toEqual([]);
  });

  it('misses none while many write', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    const { key } = await history.discover(foundSet('nightly', { optimizeVersion: '8.6.0' }));
    let writing = true;
    const seen: string[] = [];
    const read = async (): Promise<void> => {
      for (let last = false; !last; ) {
        last = !writing;
        const events = await history.eventsAfter('nightly', seen.at(-1) ?? '0', 100);
        seen.push(...events.map((event) => event.id));
      }
    };
    const write = async (nth: number): Promise<void> => {
      for (let round = 0; round < 15; round += 1) {
        await history.record(id, revision, { events: [requested, requested], ...hold });
        await history.appendEvents([refusal, refusal].map((event) => ({ ...event, backupId: 'nightly' })));
        await history.noteState(key, (round + nth) % 2 === 0 ? 'FAILED' : 'INCOMPLETE', requested);
      }
    };
    const reading = read();
    await Promise.all([1, 2, 3, 4].map(write));
    writing = false;
    await reading;
    expect(seen).toEqual((await history.eventsOf('nightly', 1_000)).map((event) => event.id));
  });

  it('tells the latest of each id, deleted or not', async () => {
    const { history } = await makeHistory();
    await history.discover(foundSet('found'));
    await completed(history, newCreate(2, 'deleted'));
    await accepted(history, newCreate(1, 'open'));
    await history.requestDeletion(await keyOf(history, 'deleted'), command, deletion(3));
    const ids = ['found', 'open', 'deleted', 'unheard-of', 'open'];
    const look = async () => {
      const revisions = await history.revisionsOf(ids);
      return Object.fromEntries(revisions.map(({ backupId, ...rest }) => [backupId, rest]));
    };
    const lastOf = async (backupId: string) => (await history.eventsOf(backupId, 100)).at(-1)?.id;
    expect(await look()).toEqual({
      found: { lastEventId: await lastOf('found'), ended: true },
      open: { lastEventId: await lastOf('open'), ended: false },
      deleted: { lastEventId: await lastOf('deleted'), ended: false },
    });
    await deleted(history, operationId(3));
    await history.cancelOperation(operationId(1), command, undefined);
    expect(await look()).toMatchObject({
      open: { lastEventId: await lastOf('open'), ended: true },
      deleted: { lastEventId: await lastOf('deleted'), ended: true },
    });
    await accepted(history, newCreate(4, 'deleted'));
    expect(await look()).toMatchObject({ deleted: { ended: false } });
    expect(await history.revisionsOf([])).toEqual([]);
  });
};
