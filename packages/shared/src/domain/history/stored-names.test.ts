import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from './event.ts';
import { shownPayload } from './shown-payload.ts';
import {
  asShown,
  asStored,
  STORED_FIELDS,
  type StoredKind,
  shownEventKind,
  shownStep,
  shownTrigger,
  storedEventKind,
} from './stored-names.ts';

const PLACES = Object.keys(STORED_FIELDS) as StoredKind[];

/** As workers of the version before the names changed wrote it. */
const RECONCILIATION = {
  backups: 1,
  leftAlone: 2,
  untoldCount: 1,
  untold: [
    { backupId: 'a', optimizeVersion: '3.9.0', reason: { code: 'REPOSITORY_UNAVAILABLE', message: '', data: {} } },
  ],
  repositories: [],
};

describe('stored names', () => {
  it('of a reconciliation are shown under the new names, and written under the old ones', () => {
    const { leftAlone: skipped, untoldCount: unverifiedCount, untold: unverified, ...same } = RECONCILIATION;
    const shown = asShown('reconciliation', RECONCILIATION);
    expect(shown).toEqual({ ...same, skipped, unverifiedCount, unverified });
    expect(asStored('reconciliation', shown)).toEqual(RECONCILIATION);
  });

  it('leave what lies deeper as it is', () => {
    const deep = { repositories: [{ untold: 1 }] };
    expect(asShown('reconciliation', deep)).toEqual(deep);
  });

  it.each(PLACES)('of %s: no new name is an old one', (place) => {
    const old = new Set(Object.keys(STORED_FIELDS[place]));
    expect(Object.values(STORED_FIELDS[place]).filter((shown) => old.has(shown))).toEqual([]);
  });

  it.each(['reconciliation', 'restoreTask', 'acceptedRestore', 'exportedBackup'] as const)(
    'of %s, which are written too, are one to one',
    (place) => {
      const shown = Object.values(STORED_FIELDS[place]);
      expect(new Set(shown).size).toBe(shown.length);
    },
  );
});

it('shows steps and triggers under the new names, and those that were not renamed as they are', () => {
  expect([shownStep('take-back'), shownStep('parts')]).toEqual(['rollback', 'parts']);
  expect([shownTrigger('person'), shownTrigger('retry')]).toEqual(['operator', 'retry']);
});

describe('an event', () => {
  const proof = { operationId: 'o', at: '2026-03-01T12:00:00.000Z', milliseconds: 5, whole: true };

  it.each<[string, unknown, unknown]>([
    ['that a restore was requested', { planHash: 'h', rollBack: false }, { planHash: 'h', rollback: false }],
    [
      'of a rollback',
      { step: 'take-back', failedAt: 'parts', code: 'C' },
      { step: 'rollback', failedAt: 'parts', code: 'C' },
    ],
    [
      'of a failed attempt',
      { code: 'C', by: { kind: 'k' }, rolledBack: true, gaveUp: 'why' },
      { code: 'C', actor: { kind: 'k' }, rollback: true, exhausted: 'why' },
    ],
    ['of a restore that ended', { milliseconds: 5, left: [] }, { durationMs: 5, left: [] }],
    ['of a rehearsal', { proof }, { proof: { operationId: 'o', at: proof.at, durationMs: 5, complete: true } }],
    ['of labels, which have names of their own', { labels: { by: 'hand' } }, { labels: { by: 'hand' } }],
    ['without a payload', null, null],
  ])('%s is shown under the new names', (_, stored, shown) => {
    expect(shownPayload(stored)).toEqual(shown);
  });

  it('is found by the kind that is stored and by the one that is shown', () => {
    expect(shownEventKind('reconcile.requested')).toBe('reconciliation.requested');
    for (const kind of ['reconcile.requested', 'reconciliation.requested'] as const) {
      expect(storedEventKind(kind)).toBe('reconcile.requested');
    }
    expect(EVENT_KINDS.map((kind) => storedEventKind(shownEventKind(kind)))).toEqual([...EVENT_KINDS]);
  });
});
