import { describe, expect, it } from 'vitest';
import { omitUndefined } from '../../omit-undefined.ts';
import { RELEASE_WITHIN_MS } from '../../operation/suspension.ts';
import type { PartRecord } from '../backup.ts';
import type { Snapshot } from '../snapshot.ts';
import { observeCreate } from './observed-create.ts';

const OURS = 'operation-1';

const part = (number: number, more: Partial<PartRecord> = {}): PartRecord =>
  ({
    ...{
      number,
      of: 2,
      snapshotName: `nightly-${number}`,
      indices: [`optimize-${number}`],
      state: 'PLANNED',
      starts: 0,
    },
    ...{ uuid: undefined, failures: [] },
    ...more,
  }) as PartRecord;

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 10, minute));

const snapshot = (number: number, more: Partial<Snapshot> = {}): Snapshot =>
  ({
    ...{ name: `nightly-${number}`, uuid: `uuid-${number}`, state: 'SUCCESS', indices: [`optimize-${number}`] },
    ...{ shards: { total: 1, successful: 1, failed: 0 }, failures: [], owner: { operationId: OURS, part: number } },
    ...{ startedAt: at(number * 2), endedAt: at(number * 2 + 1) },
    ...more,
  }) as Snapshot;

const both = [snapshot(1), snapshot(2)];
const suspendedAt = at(0);
const SOON = 60_000;

type Known = { parts?: readonly PartRecord[]; afterMs?: number; detail?: Record<string, unknown> };

const verdict = (
  seen: readonly Snapshot[] | undefined,
  { parts = [part(1), part(2)], afterMs = SOON, detail = {} }: Known = {},
) => {
  const now = new Date(suspendedAt.getTime() + afterMs);
  return observeCreate({ operationId: OURS, parts, detail, seen, suspendedAt, now });
};

const stranger = { operationId: 'operation-2', part: 2 } as Snapshot['owner'];

describe('a suspended create', () => {
  it.each<[string, readonly Snapshot[] | undefined, readonly PartRecord[] | undefined]>([
    ['no part', [], undefined],
    ['a part only', [snapshot(1)], undefined],
    ['a repository that cannot be read', undefined, undefined],
    ['no plan', both, []],
    ['a running part', [snapshot(1), snapshot(2, { state: 'IN_PROGRESS', endedAt: undefined })], undefined],
    ['a PARTIAL part', [snapshot(1), snapshot(2, { state: 'PARTIAL' })], undefined],
    ['a failed shard', [snapshot(1), snapshot(2, { shards: { total: 2, successful: 1, failed: 1 } })], undefined],
    ['a part of another operation', [snapshot(1), snapshot(2, { owner: stranger })], undefined],
    ['a part of nobody', [snapshot(1), snapshot(2, { owner: undefined })], undefined],
    [
      'another part under the name',
      [snapshot(1, { owner: { ...stranger, operationId: OURS } as never }), snapshot(2)],
      undefined,
    ],
    ['an index that was not planned', [snapshot(1), snapshot(2, { indices: ['optimize-2', 'optimize-3'] })], undefined],
    ['an index too few', [snapshot(1), snapshot(2, { indices: [] })], undefined],
    ['part 2 begun before part 1 had ended', [snapshot(1), snapshot(2, { startedAt: at(2) })], undefined],
    ['part 1 without an end', [snapshot(1, { endedAt: undefined }), snapshot(2)], undefined],
    ['part 2 only', [snapshot(2)], undefined],
    ['part 2 without a start', [snapshot(1), snapshot(2, { startedAt: undefined })], undefined],
    ['another snapshot than the recorded one', both, [part(1, { state: 'SUCCESS', uuid: 'x' }), part(2)]],
  ])('waits with %s, and fails when nobody released it for 7 days', (_, seen, parts) => {
    const given = omitUndefined({ parts });
    expect(verdict(seen, given)).toEqual({ verdict: 'wait' });
    expect(verdict(seen, { ...given, afterMs: RELEASE_WITHIN_MS - 1 })).toEqual({ verdict: 'wait' });
    expect(verdict(seen, { ...given, afterMs: RELEASE_WITHIN_MS })).toMatchObject({
      ...{ verdict: 'failed', reason: { code: 'OPERATION_NOT_RELEASED' } },
    });
  });

  it.each<[string, readonly PartRecord[]]>([
    ['nothing was recorded of them', [part(1), part(2)]],
    ['part 1 was recorded', [part(1, { state: 'SUCCESS', uuid: 'uuid-1' }), part(2, { state: 'STARTING', starts: 1 })]],
    ['both were', [1, 2].map((nth) => part(nth, { state: 'SUCCESS', uuid: `uuid-${nth}` }))],
    ['an earlier try was recorded', [part(1, { state: 'FAILED', uuid: 'x' }), part(2)]],
  ])('has succeeded with all parts, ours and complete, where %s, however late', (_, parts) => {
    for (const afterMs of [0, RELEASE_WITHIN_MS * 2])
      expect(verdict(both.toReversed(), { parts, afterMs })).toEqual({ verdict: 'succeeded', snapshots: both });
  });

  it('has succeeded where part 2 began in the millisecond in which part 1 ended', () => {
    const seen = [snapshot(1), snapshot(2, { startedAt: at(3) })];
    expect(verdict(seen)).toEqual({ verdict: 'succeeded', snapshots: seen });
  });

  it('says since when it waited for its release, and for how long it could', () => {
    expect(verdict([], { afterMs: RELEASE_WITHIN_MS })).toEqual({
      verdict: 'failed',
      reason: {
        code: 'OPERATION_NOT_RELEASED',
        message:
          'It was suspended at 2026-01-01T10:00:00.000Z, and was not released within 7 days. Retry it to take the backup now, or request a backup under another id.',
        data: { suspendedAt: '2026-01-01T10:00:00.000Z' },
      },
    });
  });

  it('waits for an operator where a part was made while a node could not use the repository', () => {
    expect(verdict(both, { detail: { part1: { distrusted: true } } }).verdict).toBe('wait');
  });
});
