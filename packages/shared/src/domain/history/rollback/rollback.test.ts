import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ExportedEvent } from '../../../contract/exported-event.ts';
import { events } from '../verify/sealed-history.fixture.ts';
import { type HistoryMark, markOf, markText, readMark } from './history-mark.ts';
import { type CheckedHistory, rollbackOf, type SeenMark } from './rollback.ts';

const digest = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

const historyId = '11111111-1111-4111-8111-111111111111';
const epoch = '22222222-2222-4222-8222-222222222222';
const another = '33333333-3333-4333-8333-333333333333';
const now = '2026-03-01T13:00:00.000000Z';
const heartbeatAt = '2026-03-01T12:58:00.000000Z';

const history: CheckedHistory = { historyId, epoch, now, heartbeatAt, events };
const seen = (newest: ExportedEvent | undefined, given: Partial<SeenMark> = {}): SeenMark => {
  const mark = markOf(digest, { historyId, epoch, now: '2026-03-01T12:59:00.000000Z', newest });
  if (mark === undefined) throw new Error('There is no event to mark.');
  return { ...mark, source: 'redis', ...given };
};
const [first] = events;
const last = events.at(-1);
const lost = { ...last, id: '999' } as ExportedEvent;
const rewritten = { ...last, kind: 'backup.deleted' } as ExportedEvent;

describe('a rolled-back history', () => {
  it.each<[string, readonly SeenMark[], object | undefined]>([
    ['no mark: nothing is known', [], undefined],
    ['a mark whose event is there', [seen(last)], undefined],
    ['an old mark whose event is there', [seen(first)], undefined],
    ['a mark whose event is missing', [seen(lost)], { mark: { eventId: '999', is: 'missing' } }],
    ['a mark of another event under the same id', [seen(rewritten)], { mark: { eventId: '14', is: 'another' } }],
    ['a lost mark among good ones', [seen(first), seen(lost), seen(last)], { mark: { eventId: '999' } }],
    ['a mark of a snapshot', [seen(lost, { source: 'snapshot' })], { mark: { source: 'snapshot' } }],
    ['a lost mark of another history', [seen(lost, { historyId: another })], undefined],
    ['a lost mark of another epoch', [seen(lost, { epoch: another })], undefined],
    [
      'the newest of several lost marks',
      [seen(rewritten, { at: '2026-03-01T12:59:02Z' }), seen(lost, { at: '2026-03-01T12:59:03Z' }), seen(rewritten)],
      { mark: { eventId: '999' } },
    ],
  ])('%s', (_, marks, finding) => {
    const found = rollbackOf(digest, history, marks, 300_000);
    if (finding === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(finding);
  });

  it.each<[string, Partial<CheckedHistory>, Partial<HistoryMark>, number, string]>([
    ['shorter than the tolerance', {}, {}, 120_000, 'deletions'],
    ['as long as the tolerance', { heartbeatAt: '2026-03-01T12:55:00Z' }, {}, 300_000, 'everything'],
    ['of a day', { heartbeatAt: '2026-02-28T13:00:00Z' }, {}, 86_400_000, 'everything'],
    ['until the mark, where the clock went back', {}, { at: '2026-03-01T13:30:00Z' }, 1_920_000, 'everything'],
    ['never less than nothing', { heartbeatAt: '2026-03-01T14:00:00Z' }, {}, 0, 'deletions'],
  ])('measures a loss: %s', (_, given, mark, lossMs, scope) => {
    expect(rollbackOf(digest, { ...history, ...given }, [seen(lost, mark)], 300_000)).toMatchObject({ lossMs, scope });
  });

  it('suspends everything where nothing is tolerated', () => {
    const still = { ...history, heartbeatAt: now };
    expect(rollbackOf(digest, still, [seen(lost)], 0)).toMatchObject({ lossMs: 0, scope: 'everything' });
  });
});

describe('a mark', () => {
  const { source: _, ...mark } = seen(last);

  it('is read as it was written', () => {
    expect(markText(mark).length).toBeLessThan(200);
    expect(readMark(markText(mark))).toEqual(mark);
  });

  it('is none of a history without events', () => {
    expect(markOf(digest, { historyId, epoch, now, newest: undefined })).toBeUndefined();
  });

  it.each([
    '',
    'mark',
    '////',
    markText({ ...mark, eventId: '-1' }),
    markText({ ...mark, eventId: '9'.repeat(19) }),
    markText({ ...mark, digest: 'ab' }),
    markText({ ...mark, at: '2026-99-99T00:00:00Z' }),
    markText({ ...mark, historyId: 'a history' }),
    `${markText(mark)}/`,
  ])('is not %j', (text) => {
    expect(readMark(text)).toBeUndefined();
  });
});
