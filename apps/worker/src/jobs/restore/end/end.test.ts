import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { Ending } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { describe, expect, it } from 'vitest';
import {
  actor,
  because,
  completed,
  failed,
  type Given,
  ID,
  job,
  nothing,
  report,
  STARTED,
  seen,
  tickOf,
  written,
} from './end.fixture.ts';
import { endRestore, exhaustedRestore, failRestore, leaveElsewhere } from './end.ts';

const summary = { indices: 3, documents: 7, bytes: 300, milliseconds: 4_000, differing: 0 };

const attempt = (reason: Reason | undefined) => ({
  ...{ part: undefined, trigger: 'request', actor, errorClass: reason === undefined ? undefined : 'terminal', reason },
  ...{ startedAt: new Date(STARTED), nextInMs: undefined },
});

const event = (kind: string, after: object, reason?: string) => ({
  ...{ kind, actor, source: 'worker', after: { operationId: ID, ...after } },
  ...omitUndefined({ reason }),
});

const FORGOTTEN = { memory: null, restored: null, stop: null };

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
    [
      'it could not read the backup: a failedRehearsal',
      true,
      lost,
      { failedRehearsal: { ...seen, reason: lost.reason } },
    ],
    ['it compared well: neither a failed rehearsal nor a proof', true, completed, {}],
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
