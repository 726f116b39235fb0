import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { expect, it } from 'vitest';
import {
  accepted,
  claimed,
  command,
  here,
  hereUnnamed,
  hold,
  newCreate,
  refused,
  requested,
  someone,
  succeeded,
  wait,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';

const startedAt = new Date('2026-02-01T10:00:00.123Z');
const endedAt = new Date('2026-02-01T10:00:05.456Z');

export const recording = (makeHistory: MakeHistory): void => {
  it('changes what is given of parts, and keeps the rest', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    await history.record(id, revision, {
      parts: [{ number: 1, state: 'STARTING', started: true, indices: ['resolved-again'] }],
      ...hold,
    });
    const shards = { total: 3, successful: 2, failed: 1 };
    const failures = [{ index: 'a', shard: 0, reason: `it's "broken"` }];
    const seen = {
      uuid: 'uuid-1',
      engineVersion: '8.19.0',
      versionId: 8_537_000,
      oldestIndex: { index: 'optimize-alert_v4', createdVersion: 7_172_999 },
      startedAt,
      endedAt,
      shards,
      failures,
    };
    await history.record(id, revision, { parts: [{ number: 1, state: 'PARTIAL', ...seen }], ...hold });
    const backup = await history.findBackup('nightly', here);
    const kept = { number: 1, of: 2, snapshotName: 'nightly-1', indices: ['resolved-again'], starts: 1 };
    expect(backup?.parts[0]).toEqual({ ...kept, state: 'PARTIAL', ...seen });
    expect(backup?.parts[1]).toMatchObject({ state: 'PLANNED', starts: 0 });
  });

  it('tells what an operation waits for until its next change', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const seen: unknown[] = [];
    const look = async () => seen.push((await history.findOperation(id))?.waitingFor);
    await look();
    for (const reason of ['a late create', undefined, 'another']) {
      const { revision } = await claimed(history, id);
      const outcome = { do: 'wait', inMs: 0, ...omitUndefined({ for: reason }) } as const;
      await history.record(id, revision, { detail: { kept: true }, outcome });
      await look();
    }
    const { revision, detail } = await claimed(history, id);
    expect(detail).toMatchObject({ kept: true });
    await look();
    await history.record(id, revision, { outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' } });
    await look();
    expect(seen).toEqual([undefined, 'a late create', undefined, 'another', undefined, undefined]);
  });

  it('forgets the uuid of a snapshot that vanished', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    await history.record(id, revision, { parts: [{ number: 1, uuid: 'uuid-1', started: true }], ...hold });
    await history.record(id, revision, { parts: [{ number: 1, uuid: null, state: 'VANISHED' }], ...hold });
    await history.record(id, revision, { parts: [{ number: 1, started: true }], ...hold });
    expect((await history.findBackup('nightly', here))?.parts[0]).toMatchObject({
      uuid: undefined,
      state: 'VANISHED',
      starts: 2,
    });
  });

  it('writes events in their order, after those before', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    const kinds = ['part.starting', 'part.adopted', 'part.failed', 'attempt.failed', 'part.succeeded'] as const;
    const events = kinds.map((kind) => ({ kind, actor: someone, source: 'worker' as const }));
    await history.record(id, revision, { events: events.slice(0, 3), ...hold });
    await history.record(id, revision, { events: events.slice(3), ...hold });
    const stored = await history.eventsOf('nightly', 100);
    expect(stored.map(({ kind }) => kind)).toEqual(['backup.requested', ...kinds]);
    const ids = stored.map((event) => BigInt(event.id));
    expect(ids).toEqual(ids.toSorted((one, other) => (one < other ? -1 : 1)));
  });

  it('ends a backup that failed, with its reason', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    const outcome = { do: 'end', state: 'FAILED', backup: 'FAILED', failure: refused } as const;
    expect(await history.record(id, revision, { outcome })).toMatchObject({ written: true, revision: revision + 1 });
    expect(await history.findBackup('nightly', here)).toMatchObject({
      state: 'FAILED',
      failure: refused,
      endedAt: expect.any(Date),
      create: { state: 'FAILED', revision: revision + 1 },
    });
    expect(await history.record(id, revision, hold)).toEqual({ written: false });
    expect(await history.record(id, revision + 1, hold)).toEqual({ written: false });
  });

  it('counts failed tries in a row, and since when, until there is progress', async () => {
    const { history, advance } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const first = await claimed(history, id);
    await history.record(id, first.revision, { tries: 'failed', ...wait(0) });
    const second = await claimed(history, id);
    expect(second).toMatchObject({ failedTries: 1, failingSince: expect.any(Date) });
    await history.record(id, second.revision, { tries: 'failed', ...wait(1_000) });
    await advance(1_000);
    const third = await claimed(history, id);
    expect(third.failedTries).toBe(2);
    expect(third.now.getTime() - (third.failingSince?.getTime() ?? 0)).toBeGreaterThanOrEqual(1_000);
    await history.record(id, third.revision, wait(0));
    const fourth = await claimed(history, id);
    expect(fourth.failedTries).toBe(2);
    await history.record(id, fourth.revision, { tries: 'progress', ...wait(0) });
    expect(await claimed(history, id)).toMatchObject({ failedTries: 0, failingSince: undefined });
  });

  it('keeps every attempt with its number, class and reason', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    const attempt = { trigger: 'request', actor: someone, startedAt } as const;
    const failed = { ...attempt, part: 1, errorClass: 'transient', reason: refused, nextInMs: 500 } as const;
    await history.record(id, revision, { attempt: failed, tries: 'failed', ...hold });
    const well = { ...attempt, part: undefined, errorClass: undefined, reason: undefined, nextInMs: undefined };
    await history.record(id, revision, { attempt: { ...well, trigger: 'retry' }, ...succeeded });
    expect(await history.attemptsOf(id)).toMatchObject([
      { number: 1, part: 1, trigger: 'request', errorClass: 'transient', reason: refused },
      { number: 2, part: undefined, trigger: 'retry', errorClass: undefined, reason: undefined },
    ]);
  });

  it('shows why the last attempt of an open operation failed, until it progresses, is retried or ends', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const lastErrors = async () => {
      const [listed] = await history.listOperations({}, undefined, 1);
      const of = [listed, await history.findOperation(id), await history.findBackup('nightly', here)];
      return of.map((one) => one?.lastError);
    };
    const nothing = [undefined, undefined, undefined];
    expect(await lastErrors()).toEqual(nothing);
    const first = await claimed(history, id);
    const attempt = { part: 1, trigger: first.trigger, actor: someone, startedAt, nextInMs: 60_000 } as const;
    const bad = { ...attempt, errorClass: 'transient', reason: refused } as const;
    await history.record(id, first.revision, { attempt: bad, ...wait(0) });
    const [{ endedAt, nextAttemptAt } = expect.fail()] = await history.attemptsOf(id);
    const error = { errorClass: 'transient', reason: refused, at: endedAt, nextAttemptAt };
    expect(nextAttemptAt?.getTime()).toBe(endedAt.getTime() + 60_000);
    expect(await lastErrors()).toEqual([error, error, error]);

    const second = await claimed(history, id);
    await history.record(id, second.revision, { tries: 'progress', ...wait(0) });
    expect(await lastErrors()).toEqual(nothing);

    const third = await claimed(history, id);
    const terminal = { ...bad, errorClass: 'terminal', nextInMs: undefined } as const;
    await history.record(id, third.revision, {
      attempt: terminal,
      outcome: { do: 'end', state: 'FAILED', backup: 'FAILED', failure: refused },
    });
    expect(await lastErrors()).toEqual(nothing);
    expect(await history.retryOperation(id, command)).toMatchObject({ done: true });
    expect(await lastErrors()).toEqual(nothing);
  });

  it('says what makes each attempt, and numbers them on', async () => {
    const { history, advance } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const first = await claimed(history, id);
    expect(first.trigger).toBe('request');
    const attempt = { part: 1, actor: someone, startedAt, nextInMs: undefined } as const;
    const bad = { ...attempt, errorClass: 'transient', reason: refused } as const;
    const good = { ...attempt, errorClass: undefined, reason: undefined } as const;
    await history.record(id, first.revision, { attempt: { ...bad, trigger: first.trigger }, ...wait(0) });
    const second = await claimed(history, id);
    expect(second.trigger).toBe('retry');
    await history.record(id, second.revision, { tries: 'progress', ...wait(0) });
    const third = await claimed(history, id);
    expect(third.trigger).toBe('retry');
    await history.record(id, third.revision, { attempt: { ...good, trigger: third.trigger }, ...wait(0) });
    const fourth = await claimed(history, id);
    expect(fourth.trigger).toBe('request');
    await advance(60_000);
    const fifth = await claimed(history, id);
    expect(fifth.trigger).toBe('sweep');
    await history.record(id, fifth.revision, wait(0));
    const sixth = await claimed(history, id);
    expect(sixth.trigger).toBe('sweep');
    await history.record(id, sixth.revision, { attempt: { ...bad, trigger: sixth.trigger }, ...hold });
    expect(await history.attemptsOf(id)).toMatchObject([
      { number: 1, trigger: 'request', errorClass: 'transient' },
      { number: 2, trigger: 'retry', errorClass: undefined, reason: undefined },
      { number: 3, trigger: 'sweep', reason: refused },
    ]);
  });

  it('remembers what its kind tells it, key by key', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision, detail } = await claimed(history, id);
    expect(detail).toEqual({});
    await history.record(id, revision, { detail: { one: 1, list: ['a\0'], gone: 'x' }, ...hold });
    await history.record(id, revision, { detail: { two: { deep: true }, gone: null, absent: undefined }, ...hold });
    await history.record(id, revision, wait(0));
    expect((await claimed(history, id)).detail).toEqual({ one: 1, list: ['a\ufffd'], two: { deep: true }, gone: null });
  });

  it('learns the uuid of a repository once', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly', { location: hereUnnamed }));
    const { revision } = await claimed(history, id);
    await history.record(id, revision, { repositoryUuid: 'repository-a', ...hold });
    expect(await history.findBackup('nightly', undefined)).toMatchObject({ location: here });
    await history.record(id, revision, { repositoryUuid: 'repository-b', ...hold });
    expect(await history.findBackup('nightly', undefined)).toMatchObject({ location: here });
    const moved = { ...here, clusterUuid: 'cluster-b' };
    expect(await history.accept(newCreate(2, 'nightly', { location: moved }))).toMatchObject({ accepted: false });
  });

  it('is written once of twenty at once, whole', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    const change = { parts: [{ number: 1, started: true as const }], events: [requested], ...wait(0) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => history.record(id, revision, change)));
    expect(answers.filter(({ written }) => written)).toHaveLength(1);
    expect((await history.findBackup('nightly', here))?.parts[0]?.starts).toBe(1);
    expect(await history.eventsOf('nightly', 10)).toHaveLength(2);
  });
};
