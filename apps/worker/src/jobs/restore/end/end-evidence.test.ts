import type { Evidence } from '@tandem/history/ports/ledger.ts';
import type { FailedRehearsal } from '@tandem/shared/domain/backup/backup.ts';
import type { Ending } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { describe, expect, it } from 'vitest';
import type { RestoreTick } from '../context.ts';
import type { Left } from './aftermath.ts';
import {
  because,
  completed,
  failed,
  type Given,
  ID,
  nothing,
  report,
  STARTED,
  seen,
  tickOf,
  written,
} from './end.fixture.ts';
import { endRestore, failRestore } from './end.ts';

const rehearsed = ({ task, memory, ...more }: Given): RestoreTick =>
  tickOf({ report, task: { copy: true, ...task }, memory: { ending: completed, ...memory }, ...more });

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

  it('is a failed rehearsal', async () => {
    const failedRehearsal = { operationId: ID, at: STARTED, reason: because('RESTORE_DIFFERS') };
    const ending = failed('RESTORE_DIFFERS');
    expect((await endOf({ memory: { ending }, failedRehearsal }, {})).evidence).toBeUndefined();
    const failing = failRestore(rehearsed({ memory: { ending: undefined } }), 'compare', because('RESTORE_DIFFERS'));
    expect(failing.evidence).toEqual({ failedRehearsal: { ...seen, reason: ending.reason } });
    const away = failRestore(rehearsed({ memory: { ending: undefined } }), 'parts', because('ENGINE_UNREACHABLE'));
    expect(away).not.toHaveProperty('evidence');
  });
});

describe('the failed rehearsal of a backup', () => {
  const earlier = { operationId: 'earlier', at: STARTED };
  const failedRehearsalOf = (code: string, more: Partial<FailedRehearsal> = {}): FailedRehearsal => ({
    ...earlier,
    reason: because(code),
    ...more,
  });
  const partialProof = { ...proof, whole: false };
  const unreadable = failedRehearsalOf('RESTORE_SHARDS_FAILED', { only: ['saved-c'] });

  it.each<[string, FailedRehearsal | undefined, readonly string[] | undefined, object]>([
    ['there is none: nothing', undefined, undefined, { proof }],
    ['of all indices: it ends', failedRehearsalOf('RESTORE_DIFFERS'), undefined, { proof, endsFailedRehearsal: true }],
    ['of a sample: it stays', failedRehearsalOf('RESTORE_DIFFERS'), ['saved-a'], { partialProof }],
    [
      'of the sample that it is about: it ends',
      failedRehearsalOf('RESTORE_DIFFERS', { only: ['saved-a'] }),
      ['saved-a'],
      { partialProof, endsFailedRehearsal: true },
    ],
    [
      'of one of two: the other stays',
      failedRehearsalOf('RESTORE_DIFFERS', { only: ['saved-a'], unreadable }),
      ['saved-a'],
      { partialProof, failedRehearsal: unreadable },
    ],
  ])('after a rehearsal that went well, %s', async (_, failedRehearsal, only, evidence) => {
    expect(await evidenceOf(rehearsed({ failedRehearsal, task: { only } }))).toEqual(evidence);
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
  ])('after a rehearsal that failed for %s: %s', async (code, isAboutBackup) => {
    const { failedRehearsal, ...others } = await evidenceOf(rehearsed({ memory: { ending: failed(code) } }));
    expect(others).toEqual({});
    if (isAboutBackup)
      expect(failedRehearsal).toMatchObject({ ...seen, reason: { code, message: expect.stringMatching(/^Why\./) } });
    else expect(failedRehearsal).toBeUndefined();
  });

  it('of a sample names the sample, and one of all indices none', async () => {
    const ending = failed('RESTORE_DIFFERS');
    const of = async (only: readonly string[] | undefined) =>
      (await evidenceOf(rehearsed({ task: { only }, memory: { ending } }))).failedRehearsal;
    expect(await of(['saved-a'])).toMatchObject({ only: ['saved-a'] });
    expect(await of(undefined)).not.toHaveProperty('only');
  });

  it('keeps an earlier one that could not read other indices', async () => {
    const ending = failed('RESTORE_DIFFERS');
    const failedRehearsal = await evidenceOf(
      rehearsed({ failedRehearsal: unreadable, task: { only: ['saved-a'] }, memory: { ending } }),
    );
    expect(failedRehearsal).toMatchObject({ failedRehearsal: { ...seen, unreadable } });
  });

  it('is not raised by one that was stopped, nor by a restore', async () => {
    const stopped: Ending = { state: 'CANCELLED', at: 'parts', reason: because('RESTORE_STOPPED') };
    expect(await evidenceOf(rehearsed({ memory: { ending: stopped } }))).toEqual({});
    expect(await evidenceOf(tickOf({ report, memory: { ending: failed('RESTORE_DIFFERS') } }))).toEqual({});
  });
});
