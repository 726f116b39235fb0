import { MAX_LABELS } from '@tandem/shared/domain/backup/hold.ts';
import { expect, it } from 'vitest';
import type { History } from '../ports/history.ts';
import type { Annotation } from '../ports/labels.ts';
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
  keyOf,
  newCreate,
  operationId,
  refused,
} from './examples.ts';
import type { MakeHistory } from './history-under-test.ts';

const { actor, requestId, reason } = command;
const audit: NonNullable<Annotation['hold']> = { reason: 'audit', until: undefined };
const held = { reason: 'audit', until: null, actor, requestId, at: expect.any(String) };

const annotated = async (history: History, backupId: string, annotation: Annotation) =>
  history.annotate(await keyOf(history, backupId), command, annotation);

const eventsOf = async (history: History, backupId: string) =>
  (await history.eventsOf(backupId, 100)).filter(({ kind }) => /labelled|held|released/.test(kind));

/** An hour from now, by the history's own clock. */
const inAnHour = async (history: History, backupId: string): Promise<Date> => {
  const past = await annotated(history, backupId, { hold: { reason: 'too late', until: new Date(0) } });
  if (past.done || past.why !== 'past') throw new Error(`Held until 1970: ${JSON.stringify(past)}`);
  return new Date(past.now.getTime() + 3_600_000);
};

export const labelling = (makeHistory: MakeHistory): void => {
  it('adds labels and a note, changes them and takes them away, and tells what they were', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'nightly'));
    expect(await history.findBackup('nightly', here)).toMatchObject({ labels: {}, note: undefined, hold: undefined });
    const first = { labels: { env: 'test', ticket: 'T-1' }, note: 'a \\ "note"' };
    expect(await annotated(history, 'nightly', first)).toEqual({ done: true, ...first, hold: undefined });
    const second = { labels: { env: 'production', ticket: null, unknown: null } };
    const now = { labels: { env: 'production' }, note: first.note };
    expect(await annotated(history, 'nightly', second)).toEqual({ done: true, ...now, hold: undefined });
    await annotated(history, 'nightly', { note: null });
    expect(await history.findBackup('nightly', here)).toMatchObject({ labels: now.labels, note: undefined });
    const by = { kind: 'backup.labelled', source: 'api', actor, requestId, reason };
    expect(await eventsOf(history, 'nightly')).toMatchObject([
      { ...by, before: { labels: {}, note: null }, after: first },
      { ...by, before: first, after: now },
      { ...by, before: now, after: { labels: now.labels, note: null } },
    ]);
  });

  it('tells nothing where nothing changes', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'nightly'));
    const all = { labels: { env: 'test' }, note: 'a note', hold: audit };
    for (let times = 0; times < 2; times += 1) await annotated(history, 'nightly', all);
    expect((await eventsOf(history, 'nightly')).map(({ kind }) => kind)).toEqual(['backup.labelled', 'backup.held']);
    await annotated(history, 'nightly', { labels: { env: 'test', other: null }, note: 'a note' });
    for (let times = 0; times < 2; times += 1) await annotated(history, 'nightly', { hold: null });
    expect((await eventsOf(history, 'nightly')).map(({ kind }) => kind).slice(2)).toEqual(['backup.released']);
  });

  it('lets nobody end a hold earlier who must not, whatever its reason is then', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'nightly'));
    const soon = await inAnHour(history, 'nightly');
    const later = new Date(soon.getTime() + 3_600_000);
    const hold = (until: Date | undefined, reason = 'audit') =>
      annotated(history, 'nightly', { hold: { reason, until, neverEarlier: true } });
    expect(await hold(soon)).toMatchObject({ done: true });
    expect(await hold(soon, 'another reason')).toMatchObject({ done: true, hold: { reason: 'another reason' } });
    expect(await hold(later)).toMatchObject({ done: true, hold: { until: later.toISOString() } });
    expect(await hold(soon)).toEqual({ done: false, why: 'earlier' });
    expect(await hold(undefined)).toMatchObject({ done: true, hold: { until: null } });
    expect(await hold(later, 'a pretext')).toEqual({ done: false, why: 'earlier' });
    expect(await hold(new Date(0))).toMatchObject({ done: false, why: 'past' });
    expect(await history.findBackup('nightly', here)).toMatchObject({ hold: { reason: 'audit', until: null } });
    expect(await annotated(history, 'nightly', { hold: { reason: 'audit', until: soon } })).toMatchObject({
      done: true,
    });
    await annotated(history, 'nightly', { hold: null });
    expect(await hold(soon)).toMatchObject({ done: true });
  });

  it('takes no more labels than a backup may have, and then changes nothing', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'nightly'));
    const many = (from: number, to: number) =>
      Object.fromEntries(Array.from({ length: to - from }, (_, at) => [`label-${from + at}`, 'x']));
    expect(await annotated(history, 'nightly', { labels: many(0, MAX_LABELS) })).toMatchObject({ done: true });
    const more = { labels: many(MAX_LABELS, MAX_LABELS + 2), note: 'not kept', hold: audit };
    expect(await annotated(history, 'nightly', more)).toEqual({ done: false, why: 'labels', count: MAX_LABELS + 2 });
    expect(await history.findBackup('nightly', here)).toMatchObject({ note: undefined, hold: undefined });
    const swapped = { ...many(MAX_LABELS, MAX_LABELS + 1), 'label-0': null };
    expect(await annotated(history, 'nightly', { labels: swapped })).toMatchObject({ done: true });
  });

  it('says what there is none of, and labels what is deleted or was found', async () => {
    const { history } = await makeHistory();
    expect(await history.annotate('999', command, { note: 'x' })).toEqual({ done: false, why: 'unknown' });
    await history.discover(foundSet('found'));
    expect(await annotated(history, 'found', { labels: { env: 'test' }, hold: audit })).toMatchObject({
      ...{ done: true, hold: held },
    });
    await completed(history, newCreate(1, 'nightly'));
    const key = await keyOf(history, 'nightly');
    await history.requestDeletion(key, command, deletion(2));
    await deleted(history, operationId(2));
    expect(await history.annotate(key, command, { note: 'why it went' })).toMatchObject({ done: true });
    expect(await history.findBackupWithDeleted('nightly', here)).toMatchObject({ note: 'why it went' });
    expect(await history.annotate(key, command, { hold: audit })).toEqual({ done: false, why: 'deleted' });
  });

  it('keeps a held backup from deletions until it is released', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'nightly'));
    const key = await keyOf(history, 'nightly');
    await annotated(history, 'nightly', { hold: audit });
    expect(await history.findBackup('nightly', here)).toMatchObject({ hold: held });
    const against = { accepted: false, why: 'held', hold: held };
    expect(await history.requestDeletion(key, command, deletion(2))).toEqual(against);
    expect(await history.findOperation(operationId(2))).toBeUndefined();
    const again = { reason: 'another audit', until: null };
    const longer = { hold: { reason: again.reason, until: undefined } };
    expect(await annotated(history, 'nightly', longer)).toMatchObject({ hold: again });
    await annotated(history, 'nightly', { hold: null });
    expect(await history.requestDeletion(key, command, deletion(2))).toMatchObject({ accepted: true });
    expect(await eventsOf(history, 'nightly')).toMatchObject([
      { kind: 'backup.held', actor, requestId, reason: 'audit', before: { hold: null }, after: { hold: held } },
      { kind: 'backup.held', reason: 'another audit', before: { hold: held }, after: { hold: again } },
      { kind: 'backup.released', actor, requestId, reason, before: { hold: again }, after: { hold: null } },
    ]);
  });

  it('lets a hold run out by its own clock', async () => {
    const { history, advance } = await makeHistory();
    await completed(history, newCreate(1, 'nightly'));
    const until = await inAnHour(history, 'nightly');
    const hold = { reason: 'audit', until };
    expect(await annotated(history, 'nightly', { hold })).toMatchObject({ hold: { until: until.toISOString() } });
    await advance(3_500_000);
    expect(await history.findBackup('nightly', here)).toMatchObject({ hold: { reason: 'audit' } });
    expect(
      await history.searchBackups({ held: true }, { by: 'requested', newestFirst: true }, undefined, 9),
    ).toMatchObject([{ backupId: 'nightly', hold: { reason: 'audit' } }]);
    await advance(200_000);
    expect(await history.findBackup('nightly', here)).toMatchObject({ hold: undefined });
    expect(await history.countBackups({ held: true }, { by: 'requested', newestFirst: true }, 9)).toBe(0);
    const key = await keyOf(history, 'nightly');
    expect(await history.requestDeletion(key, command, deletion(2))).toMatchObject({ accepted: true });
    expect(await eventsOf(history, 'nightly')).toHaveLength(1);
  });

  it('keeps what is open of a held backup from ending for a deletion', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const key = await keyOf(history, 'nightly');
    await annotated(history, 'nightly', { hold: audit });
    expect(await history.requestDeletion(key, command, deletion(2))).toMatchObject({ why: 'held' });
    const keepingDeletion = deletion(3, { keepBackup: true });
    expect(await history.cancelOperation(id, command, keepingDeletion)).toEqual({
      done: false,
      why: 'held',
      hold: held,
    });
    expect(await history.findOperation(id)).toMatchObject({ state: 'QUEUED' });
    await claimed(history, id);
    const unfinished = deletion(4, { keepBackup: true, onlyUnfinished: true });
    expect(await history.cancelOperation(id, command, unfinished)).toMatchObject({ done: true });
    expect(await history.findBackup('nightly', here)).toMatchObject({ hold: held, deletedAt: undefined });
  });

  it('holds nothing that a deletion takes, and lets a failed one not begin again', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'nightly'));
    const key = await keyOf(history, 'nightly');
    await history.requestDeletion(key, command, deletion(2));
    const deleting = { done: false, why: 'deleting', operationId: operationId(2) };
    expect(await annotated(history, 'nightly', { hold: audit, note: 'not kept' })).toEqual(deleting);
    expect(await annotated(history, 'nightly', { labels: { env: 'test' } })).toMatchObject({ done: true });
    const { revision } = await claimed(history, operationId(2));
    const outcome = { do: 'end', state: 'FAILED', backup: 'COMPLETED', failure: refused } as const;
    await history.record(operationId(2), revision, { outcome });
    expect(await annotated(history, 'nightly', { hold: audit })).toMatchObject({ done: true, note: undefined });
    expect(await history.retryOperation(operationId(2), command)).toEqual({ done: false, why: 'held', hold: held });
    await annotated(history, 'nightly', { hold: null });
    expect(await history.retryOperation(operationId(2), command)).toMatchObject({ done: true });
  });

  it('lets a failed create of a held backup be tried again', async () => {
    const { history } = await makeHistory();
    const id = await failed(history, newCreate(1, 'nightly'));
    await annotated(history, 'nightly', { hold: audit });
    expect(await history.retryOperation(id, command)).toMatchObject({ done: true });
  });

  it('has one winner where a hold meets a deletion, a cancel or a retry', async () => {
    const { history } = await makeHistory();
    for (let nth = 1; nth <= 12; nth += 1) {
      const backupId = `backup-${nth}`;
      const location = { ...here, repository: `repository-${nth}`, repositoryUuid: `uuid-${nth}` };
      const [create, other] = [newCreate(nth, backupId, { location }), operationId(nth + 100)];
      if (nth % 3 === 1) await accepted(history, create);
      else await completed(history, create);
      const key = await keyOf(history, backupId);
      if (nth % 3 === 2) {
        await history.requestDeletion(key, command, deletion(nth + 100));
        const { revision } = await claimed(history, other);
        await history.record(other, revision, { outcome: { do: 'end', state: 'FAILED', backup: 'COMPLETED' } });
      }
      const against = [
        async () => (await history.requestDeletion(key, command, deletion(nth + 100))).accepted,
        async () =>
          (await history.cancelOperation(operationId(nth), command, deletion(nth + 100, { keepBackup: true }))).done,
        async () => (await history.retryOperation(other, command)).done,
      ][nth % 3];
      const hold = () => history.annotate(key, command, { hold: audit });
      const [first, second] = nth % 2 === 0 ? [against, hold] : [hold, against];
      const answers = await Promise.all([first?.(), second?.()]);
      const done = answers.map((answer) => (typeof answer === 'object' ? answer.done : answer));
      expect(done.filter(Boolean), `${nth}: ${JSON.stringify(answers)}`).toHaveLength(1);
      const isHeld = (await history.findBackup(backupId, here))?.hold !== undefined;
      const open = await history.findOperation(other);
      expect(open !== undefined && open.endedAt === undefined).toBe(!isHeld);
      expect(await eventsOf(history, backupId)).toHaveLength(isHeld ? 1 : 0);
    }
  });
};
