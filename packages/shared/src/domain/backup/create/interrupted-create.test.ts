import { describe, expect, it } from 'vitest';
import type { PartRecord } from '../backup.ts';
import { complete, done, nameOf, nothing, OPERATION, part, running, snapshot } from './create-step.fixture.ts';
import { MAX_EARLY, MAX_VANISHINGS, nextCreateStep } from './create-step.ts';

describe('the next step of an interrupted create', () => {
  it('starts a part anew that had vanished too often, once somebody had it retried', () => {
    const parts = [part(1, { state: 'VANISHED', starts: 5, uuid: 'uuid-1' }), part(2)];
    const memory = () => ({ ...nothing, accepted: true, vanished: MAX_VANISHINGS - 1 });
    expect(nextCreateStep(OPERATION, parts, [], memory)).toMatchObject({ step: 'start', resolve: false });
  });

  it('makes a part again for having begun too early three times at most', () => {
    const first = { ...done(1), starts: 2, endedAt: new Date(5_000) };
    const seen = [complete(1), snapshot(2, 'SUCCESS', { startedAt: new Date(4_999) })];
    const after = (early: number, second: PartRecord, differed?: string) =>
      nextCreateStep(OPERATION, [first, second], seen, () => ({ ...nothing, early, differed }));
    expect(after(MAX_EARLY - 1, done(2))).toMatchObject({ step: 'remove', memory: { early: 3 } });
    expect(after(MAX_EARLY, done(2))).toMatchObject({
      step: 'fail',
      reason: { code: 'PART_DIFFERS', message: expect.stringMatching(/3 times.*before part 1 had ended.*clocks/) },
    });
    // an operator had it retried
    expect(after(MAX_EARLY, done(2), 'uuid-2')).toMatchObject({ step: 'remove', memory: { early: 1 } });
  });

  const lost = { index: 'optimize-1', shard: 0, reason: 'node left the cluster during snapshot' };

  it('removes a later part as if it had never been begun, before an interrupted one is made again', () => {
    const broken = snapshot(1, 'FAILED', { failures: [lost] });
    const memory = () => ({ ...nothing, early: 2, vanished: 1 });
    expect(nextCreateStep(OPERATION, [part(1, running), done(2)], [broken, complete(2)], memory)).toMatchObject({
      ...{ step: 'remove', part: { number: 2 }, resolve: true },
      memory: { early: 2 },
    });
  });

  it('removes a later part although one after it has no snapshot', () => {
    const vanished = part(1, { state: 'VANISHED', starts: 1, uuid: 'uuid-1' });
    const third = part(3, { state: 'STARTING', starts: 1 });
    const step = nextCreateStep(OPERATION, [vanished, done(2), third], [complete(2)], () => nothing);
    expect(step).toMatchObject({ step: 'remove', part: { number: 2 } });
  });

  it("leaves what has the name of a later part that was never begun until that part's turn", () => {
    const strange = snapshot(2, 'SUCCESS', { owner: undefined });
    expect(nextCreateStep(OPERATION, [part(1), part(2)], [strange], () => nothing)).toMatchObject({
      ...{ step: 'start', part: { number: 1 } },
    });
  });

  it('says of a part that is gone that no snapshot of it is there', () => {
    const step = nextCreateStep(OPERATION, [done(1)], [], () => ({ ...nothing, missed: true }));
    expect(step).toMatchObject({ snapshot: undefined });
    expect(step.step === 'fail' && step.reason.data).toEqual({ part: 1, snapshot: nameOf(1) });
  });

  it('deletes nothing that differs before somebody had it retried, nor under another uuid than the one given up', () => {
    const seen = [snapshot(1, 'SUCCESS', { indices: [] })];
    for (const differed of [undefined, 'another']) {
      const step = nextCreateStep(OPERATION, [done(1), part(2)], seen, () => ({ ...nothing, differed }));
      expect(step).toMatchObject({ step: 'fail', reason: { code: 'PART_DIFFERS' } });
    }
  });

  it('is sure that a recorded part was deleted after a second look', () => {
    const memory = () => ({ ...nothing, missed: true });
    const step = nextCreateStep(OPERATION, [done(1), part(2)], [], memory);
    expect(step).toMatchObject({ step: 'fail', reason: { code: 'PART_VANISHED' } });
  });

  it('starts a forgotten part anew, with the list that a late create would have', () => {
    const forgotten = part(1, { state: 'STARTING', starts: 3 });
    const memory = () => ({ ...nothing, vanished: 3 });
    expect(nextCreateStep(OPERATION, [forgotten, part(2)], [], memory)).toMatchObject({
      step: 'start',
      resolve: false,
    });
  });
});
