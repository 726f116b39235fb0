import { hasId } from '@tandem/shared/domain/history/seal/id-spans.ts';
import { expect, it } from 'vitest';
import { sealNext, sealToBe } from '../testing/sealed.ts';
import { completed, foundSet, keyOf, newCreate, operationId, requested, someone } from './examples.ts';
import type { MakeHistory } from './history-under-test.ts';

const times = [...Array(5).keys()];

export const sealing = (makeHistory: MakeHistory): void => {
  it('has nothing to seal in the beginning', async () => {
    const { history } = await makeHistory();
    expect(await history.unsealedEvents(10)).toMatchObject({ last: undefined, events: [], isLateComplete: true });
    expect(await history.eventsAreQuiet()).toEqual({ quiet: true, seal: 0 });
    expect(await history.sealsAfter(0, 10)).toEqual([]);
    expect(await history.figures()).toMatchObject({ unsealedEvents: 0, oldestUnsealedSeconds: undefined });
  });

  it('tells an event with all its columns', async () => {
    const { history } = await makeHistory();
    await history.accept(newCreate(1, 'nightly'));
    await history.appendEvents([{ kind: 'backup.refused', actor: someone, source: 'api', backupId: undefined }]);
    const [first, second] = (await history.unsealedEvents(10)).events;
    expect(first).toEqual({
      ...{ id: '1', backupKey: await keyOf(history, 'nightly'), backupId: 'nightly', operationId: operationId(1) },
      ...{ kind: 'backup.requested', actor: someone, source: 'api', reason: null, requestId: 'request-1' },
      ...{ before: null, after: requested.after },
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
    });
    expect(second).toMatchObject({ id: '2', backupKey: null, backupId: null, operationId: null, requestId: null });
  });

  it('seals each event once, batch by batch, in a chain', async () => {
    const { history } = await makeHistory();
    for (const nth of times) await history.accept(newCreate(nth, `backup-${nth}`));
    const seals = [await sealNext(history, 2), await sealNext(history, 2), await sealNext(history, 2)];
    expect(await sealNext(history, 2)).toBeUndefined();
    expect(await history.sealsAfter(0, 10)).toEqual(seals);
    expect(seals.map((seal) => seal?.events)).toEqual([[['1', '2']], [['3', '4']], [['5', '5']]]);
    expect(seals.map((seal) => seal?.previous)).toEqual([null, seals[0]?.hash, seals[1]?.hash]);
    expect(await history.figures()).toMatchObject({ unsealedEvents: 0, oldestUnsealedSeconds: undefined });
  });

  it('pages through seals, and finds those of events', async () => {
    const { history } = await makeHistory();
    for (const nth of times) await history.accept(newCreate(nth, `backup-${nth}`));
    const seals = [await sealNext(history, 1), await sealNext(history, 2), await sealNext(history, 2)];
    expect(await history.sealsAfter(1, 1)).toEqual([seals[1]]);
    expect(await history.sealsAfter(3, 10)).toEqual([]);
    expect(await history.sealsOf(['1', '5', '77'])).toEqual([seals[0], seals[2]]);
    expect(await history.sealsOf([])).toEqual([]);
  });

  it('keeps a signature', async () => {
    const { history } = await makeHistory();
    await history.accept(newCreate(1, 'nightly'));
    const seal = await sealToBe(history);
    const signature = Buffer.alloc(64, 7).toString('base64');
    const signed = { ...seal, signature, keyId: 'ab'.repeat(32) } as NonNullable<typeof seal>;
    expect(await history.addSeal(signed)).toBe(true);
    expect(await history.sealsAfter(0, 10)).toEqual([signed]);
  });

  it('takes a seal that continues the last one, and no other', async () => {
    const { history } = await makeHistory();
    await history.accept(newCreate(1, 'nightly'));
    const first = await sealToBe(history);
    if (first === undefined) throw new Error('There is nothing to seal.');
    expect(await history.addSeal({ ...first, number: 2, previous: 'ab'.repeat(32) })).toBe(false);
    const taken = await Promise.all(times.map(() => history.addSeal(first)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    await history.accept(newCreate(2, 'weekly'));
    const second = await sealToBe(history);
    expect(await history.addSeal({ ...first, number: 2, previous: 'ab'.repeat(32) })).toBe(false);
    expect(second && (await history.addSeal(second))).toBe(true);
    expect(await history.sealsAfter(0, 10)).toEqual([first, second]);
  });

  it('counts what no seal holds, and how old it is', async () => {
    const { history } = await makeHistory();
    await history.accept(newCreate(1, 'nightly'));
    await sealNext(history);
    for (const nth of [2, 3]) await history.accept(newCreate(nth, `backup-${nth}`));
    const { unsealedEvents, oldestUnsealedSeconds } = await history.figures();
    expect(unsealedEvents).toBe(2);
    expect(oldestUnsealedSeconds).toBeGreaterThanOrEqual(0);
  });

  it('reads all events in order, and those of a seal', async () => {
    const { history } = await makeHistory();
    for (const nth of times) await history.accept(newCreate(nth, `backup-${nth}`));
    const ids = async (after: string | undefined, limit: number) =>
      (await history.eventsInOrder(after, limit)).map(({ id }) => id);
    expect(await ids(undefined, 10)).toEqual(['1', '2', '3', '4', '5']);
    expect(await ids('2', 2)).toEqual(['3', '4']);
    expect(await ids('5', 10)).toEqual([]);
    expect(await ids('9223372036854775807', 10)).toEqual([]);
    const spans = [['1', '2'] as const, ['5', '9'] as const];
    const inside = await history.eventsIn(spans);
    expect(inside.map(({ id }) => id)).toEqual(['1', '2', '5']);
    expect(inside.every(({ id }) => hasId(spans, id))).toBe(true);
  });

  it('reads backups with the events that name them', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'nightly', { events: [requested, { ...requested, kind: 'plan.changed' }] }));
    await history.discover(foundSet('manual'));
    await history.appendEvents([{ ...requested, kind: 'backup.refused', backupId: 'nightly' }]);
    const [nightly, manual, ...more] = await history.backupsWithEvents(undefined, 10);
    expect(more).toEqual([]);
    expect(nightly?.events.map(({ kind }) => kind)).toEqual(['backup.requested', 'plan.changed']);
    expect(nightly?.backup).toEqual({
      ...{ key: await keyOf(history, 'nightly'), backupId: 'nightly', origin: 'requested', state: 'COMPLETED' },
      ...{ requestedAt: nightly?.events[0]?.at, deletedAt: null },
      ...{ labels: {}, note: null, hold: null, heldUntil: null, proof: null, partialProof: null },
      ...{ repositoryVerified: null, repositoryCheck: null },
      parts: [1, 2].map((number) => ({ number, state: 'PLANNED', uuid: null })),
    });
    expect(manual?.backup).toMatchObject({ origin: 'discovered', requestedAt: '2026-01-01T10:00:00.000000Z' });
    expect(await history.backupsWithEvents(nightly?.backup.key, 10)).toEqual([manual]);
    expect(await history.backupsWithEvents(undefined, 1)).toEqual([nightly]);
    expect(await history.incarnationsWithEvents('nightly')).toEqual([nightly]);
    expect(await history.incarnationsWithEvents('nowhere')).toEqual([]);
    const { events: naming, count } = await history.eventsNaming('nightly', 10);
    expect(count).toBe(3);
    expect(naming.map(({ kind }) => kind)).toEqual(['backup.requested', 'plan.changed', 'backup.refused']);
    expect(naming.slice(0, 2)).toEqual(nightly?.events);
    expect(await history.eventsNaming('nightly', 1)).toEqual({ events: naming.slice(0, 1), count: 3 });
    expect(await history.eventsNaming('nowhere', 1)).toEqual({ events: [], count: 0 });
    expect(await history.keysWithoutBackup([nightly?.backup.key ?? '', '4711'])).toEqual(['4711']);
  });
};
