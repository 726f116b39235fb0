import type { Evidence } from '@tandem/history/ports/ledger.ts';
import type { Doubt, Reason } from '@tandem/shared/domain/backup/backup.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import {
  type Ending,
  NO_MEMORY,
  type RestoreMemory,
  type RestoreReport,
  type RestoreTask,
  type StopRequest,
} from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { describe, expect, it } from 'vitest';
import type { RestoreJob, RestoreTick } from '../context.ts';
import type { Left } from './aftermath.ts';
import { endRestore, exhaustedRestore, failRestore, leaveElsewhere } from './end.ts';

const ID = '0198c0de-7000-7000-8000-000000000002';
const NOW = new Date('2026-01-01T00:01:00Z');
const STARTED = '2026-01-01T00:00:00.000Z';
const actor = { kind: 'system', name: 'worker' } as const;
/** Nothing was deleted, so that the engine is not asked for a safety backup. */
const job = { actor } as unknown as RestoreJob;
const seen = { operationId: ID, at: NOW.toISOString() };

const part = (number: number, ...names: readonly string[]) => ({
  number,
  snapshot: `part ${number}`,
  indices: names.map((name) => ({ index: `saved-${name}`, as: name })),
});
const inPlace = {
  ...{ copy: false, rollback: true, deletes: [], notRestored: [], clusterUuid: 'ours' },
  parts: [part(1, 'b', 'a'), part(2, 'c')],
};
const completed: Ending = { state: 'SUCCEEDED', at: 'done', reason: undefined };
const because = (code: string): Reason => ({ code, message: 'Why.', data: { differing: 1 } });
const failed = (code: string): Ending => ({
  ...{ state: 'FAILED', at: 'compare' },
  reason: { ...because(code), data: { differing: 1, step: 'compare' } },
});
const report: RestoreReport = {
  ...{ indices: 3, documents: 7, bytes: 300, milliseconds: 4_000, compared: ['documents'] },
  ...{ aspects: { documents: { compared: 3, unmeasured: 0, different: 0 } }, unmeasured: [], unmeasuredIndices: 0 },
  ...{ differences: [], differing: 0, notRestored: [], unsaved: [], templates: null },
};
const summary = { indices: 3, documents: 7, bytes: 300, milliseconds: 4_000, differing: 0 };

type Given = {
  readonly task?: Partial<RestoreTask>;
  readonly memory?: Partial<RestoreMemory>;
  readonly report?: Partial<RestoreReport> | undefined;
  readonly stop?: StopRequest;
  readonly doubt?: Doubt | undefined;
};
const tickOf = ({ task, memory, report, stop, doubt }: Given): RestoreTick => {
  const detail = {
    task: { ...inPlace, ...task },
    memory: { ...NO_MEMORY, startedAt: STARTED, parts: { 1: 'done', 2: 'done' }, ...memory },
    ...{ restored: {}, reason: undefined, report, stop },
  };
  const parts = [
    { state: 'SUCCESS', indices: ['saved-a', 'saved-b'] },
    { state: 'EMPTY', indices: ['gone'] },
    { state: 'SUCCESS', indices: ['saved-c'] },
  ];
  const operation = { operationId: ID, requestId: undefined, trigger: 'request', now: NOW, detail };
  return { job, operation: { ...operation, backup: { parts, doubt } }, detail } as unknown as RestoreTick;
};
const rehearsed = ({ task, memory, ...more }: Given): RestoreTick =>
  tickOf({ report, task: { copy: true, ...task }, memory: { ending: completed, ...memory }, ...more });
const attempt = (reason: Reason | undefined) => ({
  ...{ part: undefined, trigger: 'request', actor, errorClass: reason === undefined ? undefined : 'terminal', reason },
  ...{ startedAt: new Date(STARTED), nextInMs: undefined },
});
const event = (kind: string, after: object, reason?: string) => ({
  ...{ kind, actor, source: 'worker', after: { operationId: ID, ...after } },
  ...omitUndefined({ reason }),
});
const FORGOTTEN = { memory: null, restored: null, stop: null };
const nothing: Left = { indices: [] };
const written: Left = { indices: [{ name: 'a', why: 'written', isBlocked: false }] };

const evidenceOf = async (tick: RestoreTick, left = nothing) => {
  const { evidence } = await endRestore(tick, left);
  return evidence ?? {};
};

const proof = {
  ...{ ...seen, milliseconds: 4_000, whole: true, indices: 3, ofIndices: 3, documents: 7, bytes: 300 },
  ...{ compared: report.compared, aspects: report.aspects, unmeasured: [], unmeasuredIndices: 0 },
};

describe('what a rehearsal proves that a worker of an earlier version compared', () => {
  it('is the backup, where all of it was restored and compared', async () => {
    expect(await evidenceOf(rehearsed({}))).toEqual({ proof });
  });

  const unmeasured = [{ index: 'saved-a', aspects: ['documents'], why: 'saved' }] as const;
  it.each<[string, Given, object]>([
    ['it restored a sample', { task: { only: ['saved-a', 'saved-b', 'saved-c'] } }, {}],
    ['it left out an index', { task: { notRestored: [{ index: 'x', why: 'kept' }] as never } }, {}],
    [
      'an index was not measured',
      { report: { ...report, unmeasured, unmeasuredIndices: 1 } },
      { unmeasured, unmeasuredIndices: 1 },
    ],
    [
      'a report of an earlier version does not say what was measured',
      { report: { compared: [] } },
      {
        ...{ compared: [], indices: 0, documents: 0, bytes: 0, milliseconds: 0, aspects: {} },
        ...{ unmeasured: [], unmeasuredIndices: 0 },
      },
    ],
  ])('is a part of it, where %s', async (_, given, more) => {
    expect(await evidenceOf(rehearsed(given))).toEqual({ partialProof: { ...proof, whole: false, ...more } });
  });

  it.each<[string, RestoreTick, Left]>([
    ['nothing was compared', rehearsed({ report: {} }), nothing],
    ['nothing was reported', rehearsed({ report: undefined }), nothing],
    ['its copy was written to', rehearsed({}), written],
    ['it was a restore', tickOf({ report, memory: { ending: completed } }), nothing],
  ])('is nothing, where %s', async (_, tick, left) => {
    expect(await evidenceOf(tick, left)).toEqual({});
  });
});

describe('what was recorded when the rehearsal compared', () => {
  const kept = { ...proof, at: STARTED };
  const endOf = async (given: Given, evidence: object) => {
    const tick = rehearsed(given);
    Object.assign(tick.operation.backup, evidence);
    const { events, ...change } = await endRestore(tick, nothing);
    return { evidence: change.evidence, told: (events?.at(-1)?.after ?? {}) as Evidence };
  };

  it('stays, and the end tells it again', async () => {
    const full = await endOf({}, { proof: kept, partialProof: { ...kept, operationId: 'other' } });
    expect(full).toMatchObject({ evidence: undefined, told: { proof: kept } });
    expect(full.told).not.toHaveProperty('partialProof');
    const sample = await endOf({ task: { only: ['saved-a'] } }, { partialProof: kept });
    expect(sample).toMatchObject({ evidence: undefined, told: { partialProof: kept } });
    expect(sample.told).not.toHaveProperty('proof');
  });

  it('is not what another rehearsal proved', async () => {
    const end = await endOf({}, { proof: { ...kept, operationId: 'other' } });
    expect(end).toEqual({ evidence: { proof }, told: expect.objectContaining({ proof }) });
  });

  it('is a doubt that a failure left', async () => {
    const doubt = { operationId: ID, at: STARTED, reason: because('RESTORE_DIFFERS') };
    const ending = failed('RESTORE_DIFFERS');
    expect((await endOf({ memory: { ending }, doubt }, {})).evidence).toBeUndefined();
    const failing = failRestore(rehearsed({ memory: { ending: undefined } }), 'compare', because('RESTORE_DIFFERS'));
    expect(failing.evidence).toEqual({ doubt: { ...seen, reason: ending.reason } });
    const away = failRestore(rehearsed({ memory: { ending: undefined } }), 'parts', because('ENGINE_UNREACHABLE'));
    expect(away).not.toHaveProperty('evidence');
  });
});

describe('the doubt of a backup', () => {
  const earlier = { operationId: 'earlier', at: STARTED };
  const doubtOf = (code: string, more: Partial<Doubt> = {}): Doubt => ({ ...earlier, reason: because(code), ...more });
  const partialProof = { ...proof, whole: false };
  const unreadable = doubtOf('RESTORE_SHARDS_FAILED', { only: ['saved-c'] });

  it.each<[string, Doubt | undefined, readonly string[] | undefined, object]>([
    ['there is none: nothing', undefined, undefined, { proof }],
    ['of all indices: it ends', doubtOf('RESTORE_DIFFERS'), undefined, { proof, endsDoubt: true }],
    ['of a sample: it stays', doubtOf('RESTORE_DIFFERS'), ['saved-a'], { partialProof }],
    [
      'of the sample that it is about: it ends',
      doubtOf('RESTORE_DIFFERS', { only: ['saved-a'] }),
      ['saved-a'],
      { partialProof, endsDoubt: true },
    ],
    [
      'of one of two: the other stays',
      doubtOf('RESTORE_DIFFERS', { only: ['saved-a'], unreadable }),
      ['saved-a'],
      { partialProof, doubt: unreadable },
    ],
  ])('after a rehearsal that went well, %s', async (_, doubt, only, evidence) => {
    expect(await evidenceOf(rehearsed({ doubt, task: { only } }))).toEqual(evidence);
  });

  it.each([
    ['RESTORE_DIFFERS', true],
    ['RESTORE_SHARDS_FAILED', true],
    ['RESTORE_REFUSED', true],
    ['SNAPSHOT_NOT_FOUND', true],
    ['INDEX_NOT_FOUND', true],
    ['RESTORE_WRITTEN', false],
    ['RESTORE_BLOCKED', false],
    ['PLAN_CHANGED', false],
    ['CLUSTER_CHANGED', false],
    ['ENGINE_TIMEOUT', false],
    ['UNEXPECTED', false],
  ])('after a rehearsal that failed for %s: %s', async (code, isDoubt) => {
    const { doubt, ...others } = await evidenceOf(rehearsed({ memory: { ending: failed(code) } }));
    expect(others).toEqual({});
    if (isDoubt) expect(doubt).toMatchObject({ ...seen, reason: { code, message: expect.stringMatching(/^Why\./) } });
    else expect(doubt).toBeUndefined();
  });

  it('of a sample names the sample, and one of all indices none', async () => {
    const ending = failed('RESTORE_DIFFERS');
    const of = async (only: readonly string[] | undefined) =>
      (await evidenceOf(rehearsed({ task: { only }, memory: { ending } }))).doubt;
    expect(await of(['saved-a'])).toMatchObject({ only: ['saved-a'] });
    expect(await of(undefined)).not.toHaveProperty('only');
  });

  it('keeps an earlier one that could not read other indices', async () => {
    const ending = failed('RESTORE_DIFFERS');
    const doubt = await evidenceOf(rehearsed({ doubt: unreadable, task: { only: ['saved-a'] }, memory: { ending } }));
    expect(doubt).toMatchObject({ doubt: { ...seen, unreadable } });
  });

  it('is not raised by one that was stopped, nor by a restore', async () => {
    const stopped: Ending = { state: 'CANCELLED', at: 'parts', reason: because('RESTORE_STOPPED') };
    expect(await evidenceOf(rehearsed({ memory: { ending: stopped } }))).toEqual({});
    expect(await evidenceOf(tickOf({ report, memory: { ending: failed('RESTORE_DIFFERS') } }))).toEqual({});
  });
});

describe('the end of a restore', () => {
  it('that went well is remembered, with its last attempt', async () => {
    const tick = tickOf({ report, memory: { ending: completed, step: 'blocks' } });
    expect(await endRestore(tick, nothing)).toEqual({
      detail: { memory: { ...tick.detail.memory, step: 'done' } },
      events: [event('restore.completed', { ...summary, left: [] })],
      attempt: attempt(undefined),
      outcome: { do: 'end', state: 'SUCCEEDED' },
    });
  });

  it('that had nothing to roll back is one that went well', async () => {
    const { outcome } = await endRestore(tickOf({ report }), nothing);
    expect(outcome).toEqual({ do: 'end', state: 'SUCCEEDED' });
  });

  it('that failed is forgotten, so that a retry begins from the start, and names what is left', async () => {
    const ending = failed('RESTORE_DIFFERS');
    const change = await endRestore(tickOf({ report, memory: { ending } }), written);
    const failure = expect.objectContaining({
      code: 'RESTORE_DIFFERS',
      message: expect.stringMatching(/^Why\. The rest/),
    });
    expect(change).toEqual({
      detail: FORGOTTEN,
      events: [
        event(
          'restore.failed',
          { ...summary, code: 'RESTORE_DIFFERS', step: 'compare', left: ['a'] },
          expect.stringMatching(/^Why\. The rest/) as never,
        ),
      ],
      outcome: { do: 'end', state: 'FAILED', failure },
    });
  });

  it('without a report names no figures, and no attempt where it was cancelled', async () => {
    const ending: Ending = { state: 'CANCELLED', at: 'parts', reason: because('RESTORE_STOPPED') };
    const change = await endRestore(tickOf({ memory: { ending } }), nothing);
    expect(change.events).toEqual([
      event(
        'restore.cancelled',
        { code: 'RESTORE_STOPPED', step: undefined, left: [] },
        'Why. What was restored was rolled back.',
      ),
    ]);
    expect(change).not.toHaveProperty('attempt');
    expect(change.detail).toMatchObject({ memory: { step: 'done' } });
  });
});

describe('a restore that fails', () => {
  it.each([
    ['RESTORE_DIFFERS', 'FAILED'],
    ['RESTORE_STOPPED', 'CANCELLED'],
  ])('for %s rolls back next, and ends %s', (code, state) => {
    const tick = tickOf({ memory: { absentSince: STARTED } });
    const reason = { ...because(code), data: { differing: 1, step: 'compare' } };
    expect(failRestore(tick, 'compare', because(code), { report })).toEqual({
      detail: {
        memory: {
          ...{ ...tick.detail.memory, step: 'take-back', absentSince: undefined },
          ending: { state, at: 'compare', reason },
        },
        report,
      },
      attempt: attempt(reason),
      events: [event('restore.step', { step: 'take-back', failedAt: 'compare', code }, 'Why.')],
      tries: 'progress',
      outcome: { do: 'wait', inMs: 0 },
    });
  });

  it('keeps the report that there is', () => {
    expect(failRestore(tickOf({ report }), 'compare', because('RESTORE_DIFFERS')).detail).not.toHaveProperty('report');
  });
});

describe('a restore whose tries are spent', () => {
  const away = because('ENGINE_UNREACHABLE');

  it('rolls back first', async () => {
    const { operation } = tickOf({ memory: { step: 'parts' } });
    expect(await exhaustedRestore(job)(operation, away)).toMatchObject({
      detail: { memory: { step: 'take-back', ending: { state: 'FAILED', at: 'parts', reason: { code: away.code } } } },
      outcome: { do: 'wait' },
    });
  });

  it('ends where those of the rollback are spent too, and names what may be left', async () => {
    const { operation } = tickOf({ report, memory: { ending: failed('RESTORE_DIFFERS') } });
    const change = await exhaustedRestore(job)(operation, away);
    const message = 'Why. What was restored could not be rolled back: Why. These may be there: a, b, c.';
    const left = ['a', 'b', 'c'];
    expect(change).toEqual({
      detail: FORGOTTEN,
      attempt: attempt(away),
      events: [event('restore.failed', { ...summary, code: away.code, step: 'compare', left }, message)],
      outcome: {
        ...{ do: 'end', state: 'FAILED' },
        failure: { code: away.code, message, data: expect.objectContaining({ left, rolledBack: false }) },
      },
    });
  });

  const lost = failed('RESTORE_SHARDS_FAILED');
  const stopped: Ending = { state: 'CANCELLED', at: 'parts', reason: because('RESTORE_STOPPED') };
  it.each<[string, boolean, Ending, object]>([
    ['it could not read the backup: a doubt', true, lost, { doubt: { ...seen, reason: lost.reason } }],
    ['it compared well: neither a doubt nor a proof', true, completed, {}],
    ['it was stopped: nothing', true, stopped, {}],
    ['it was no rehearsal: nothing', false, lost, {}],
  ])('records what a rehearsal found, though its copy could not be removed; %s', async (_, copy, ending, evidence) => {
    const { operation } = tickOf({ report, task: { copy }, memory: { ending } });
    const change = await exhaustedRestore(job)(operation, away);
    expect(change?.outcome).toMatchObject({ do: 'end', state: 'FAILED' });
    expect(change?.evidence ?? {}).toEqual(evidence);
  });

  it('leaves nothing that was to be rolled back where only the blocks were to be set', async () => {
    const { operation } = tickOf({ report, memory: { ending: completed } });
    const change = await exhaustedRestore(job)(operation, away);
    expect(change?.events).toEqual([
      event('restore.failed', { ...summary, code: away.code, step: 'blocks', left: [] }, 'Why.'),
    ]);
  });
});

describe('a restore that is stopped while another cluster answers', () => {
  const elsewhere =
    "The engine's address leads to another cluster now (theirs); this operation was accepted for cluster ours.";

  it.each<[string, Given, string, readonly string[], string | null]>([
    [
      'before it sent a part',
      { memory: { parts: {} } },
      `It was cancelled. ${elsewhere} Nothing was sent to the engine. Nothing had been restored.`,
      [],
      null,
    ],
    [
      'after it sent one',
      { memory: { parts: { 2: 'sending' } }, stop: { reason: 'wrong one' }, task: { safetyBackupId: 'before' } },
      `It was cancelled (wrong one). ${elsewhere} Nothing was sent to the engine. The restored indices are left there, blocked for writing if restored in place: c.`,
      ['c'],
      'before',
    ],
    [
      'after it deleted',
      {
        ...{ memory: { parts: { 1: 'done' }, deleted: true }, stop: {} },
        task: { deletes: [{ index: 'a' }, { index: 'b' }] as never },
      },
      `It was cancelled. ${elsewhere} Nothing was sent to the engine. 2 indices had been deleted before. The restored indices are left there, blocked for writing if restored in place: b, a.`,
      ['b', 'a'],
      null,
    ],
  ])('%s: names what is left in its own', (_, given, message, left, safetyBackupId) => {
    const tick = tickOf({ ...given, memory: { step: 'parts', ...given.memory } });
    const data = { expected: 'ours', found: 'theirs', step: 'parts', left, safetyBackupId };
    const failure = { code: 'CLUSTER_CHANGED', message, data };
    expect(leaveElsewhere(tick, 'theirs')).toEqual({
      detail: { memory: { ...tick.detail.memory, step: 'done' } },
      events: [event('restore.cancelled', { code: 'CLUSTER_CHANGED', step: 'parts', left }, message)],
      attempt: attempt(failure),
      outcome: { do: 'end', state: 'CANCELLED', failure },
    });
  });
});
