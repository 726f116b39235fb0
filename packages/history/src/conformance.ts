import { describe } from 'vitest';
import { accepting } from './conformance/accepting.ts';
import { auditing } from './conformance/auditing.ts';
import { claiming } from './conformance/claiming.ts';
import { contents } from './conformance/contents.ts';
import { deleting } from './conformance/deleting.ts';
import { discovering } from './conformance/discovering.ts';
import { drifting } from './conformance/drifting.ts';
import { following } from './conformance/following.ts';
import type { HistoryUnderTest } from './conformance/history-under-test.ts';
import { keeping } from './conformance/keys.ts';
import { listing } from './conformance/listing.ts';
import { operating } from './conformance/operating.ts';
import { proving } from './conformance/proving.ts';
import { queueing } from './conformance/queueing.ts';
import { reconciling } from './conformance/reconciling.ts';
import { recording } from './conformance/recording.ts';
import { restored } from './conformance/restored.ts';
import { restoring } from './conformance/restoring.ts';
import { stopping } from './conformance/stopping.ts';
import { sweeping } from './conformance/sweeping.ts';
import { telling } from './conformance/telling.ts';

/** What every history must do. `makeHistory` answers an empty one, each time it is asked. */
export const describeHistory = (name: string, makeHistory: () => Promise<HistoryUnderTest>): void => {
  describe(name, () => {
    describe('accepting', () => accepting(makeHistory));
    describe('discovering', () => discovering(makeHistory));
    describe('claiming', () => claiming(makeHistory));
    describe('queueing creates', () => queueing(makeHistory));
    describe('recording', () => recording(makeHistory));
    describe('sweeping', () => sweeping(makeHistory));
    describe('telling', () => telling(makeHistory));
    describe('drifting', () => drifting(makeHistory));
    describe('reconciling', () => reconciling(makeHistory));
    describe('listing operations', () => listing(makeHistory));
    describe('retrying and cancelling', () => operating(makeHistory));
    describe('deleting', () => deleting(makeHistory));
    describe('following', () => following(makeHistory));
    describe('restoring', () => restoring(makeHistory));
    describe('stopping restores', () => stopping(makeHistory));
    describe('looking at restores', () => restored(makeHistory));
    describe('manifests and proofs', () => proving(makeHistory));
    describe('contents', () => contents(makeHistory));
    describe('auditing', () => auditing(makeHistory));
    describe('idempotency keys', () => keeping(makeHistory));
  });
};
