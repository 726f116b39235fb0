import { takeManifest } from '@tandem/planning/manifests/take-manifest.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { describe, expect, it } from 'vitest';
import { OPERATION, setUpCreate } from '../jobs/create/create.fixture.ts';
import { LeaseLost } from '../lease.ts';
import { oldestIndicesTask, recordOldestIndices } from './record-oldest-indices.ts';

const ALERTS = 'optimize-alert_v4';
const POSITIONS = 'optimize-import-index_v3';
const log = { info: () => undefined } as unknown as Logger;
const term = { assertHeld: () => undefined };

/** A completed backup as an earlier version recorded it: part 1 with a manifest, part 2 with one that is not stored. */
const setUp = async () => {
  const { engine, history } = await setUpCreate();
  const { digest } = await takeManifest({ engine, history }, 'optimize', [POSITIONS, ALERTS], 'before');
  const manifests = [digest, 'f'.repeat(64)];
  const claim = await history.claim(OPERATION, {
    ...{ worker: 'one', leaseMs: 10_000, createsPerRepository: 1, queuedRetryMs: 1_000 },
  });
  if (!claim.claimed) throw new Error(claim.why);
  const parts = manifests.map((before, at) => ({
    ...{ number: at + 1, state: 'SUCCESS' as const, uuid: `uuid-${at}`, versionId: 8_537_000 },
    manifest: { before, after: undefined },
  }));
  const outcome = { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' } as const;
  await history.record(OPERATION, claim.operation.revision, { parts, outcome });
  const recorded = async () =>
    (await history.findBackup('b', undefined))?.parts.map(({ oldestIndex }) => oldestIndex?.index);
  return { history, recorded };
};

describe('parts that an earlier version recorded', () => {
  it('get the oldest index of their manifest, once', async () => {
    const { history, recorded } = await setUp();
    expect(await recorded()).toEqual([undefined, undefined]);
    expect(await recordOldestIndices({ history, log }, term)).toBe(1);
    expect(await recorded()).toEqual([ALERTS, undefined]);
    expect(await recordOldestIndices({ history, log }, term)).toBe(0);
  });

  it('stay as they are without the lease', async () => {
    const { history, recorded } = await setUp();
    const assertHeld = () => {
      throw new LeaseLost('lost');
    };
    await expect(recordOldestIndices({ history, log }, { assertHeld })).rejects.toThrow(LeaseLost);
    expect(await recorded()).toEqual([undefined, undefined]);
  });

  it('are searched for again a day after all were recorded, and at once after a failure', async () => {
    const { history } = await setUp();
    let [pages, now, fails] = [0, 0, true];
    const counted = {
      ...history,
      unrecordedParts: (...page: Parameters<typeof history.unrecordedParts>) => {
        pages += 1;
        return fails ? Promise.reject(new Error('away')) : history.unrecordedParts(...page);
      },
    };
    const { run } = oldestIndicesTask({ history: counted, log }, { sweepIntervalMs: 1_000, now: () => now });
    await expect(run(term)).rejects.toThrow('away');
    fails = false;
    await run(term);
    await run(term);
    expect(pages).toBe(2);
    now = 24 * 3_600_000;
    await run(term);
    expect(pages).toBe(3);
  });
});
