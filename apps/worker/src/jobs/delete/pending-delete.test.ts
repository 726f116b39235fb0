import { expect, it } from 'vitest';
import { pendingDelete, waitForDelete, writePendingDelete } from './pending-delete.ts';

it.each([
  ['right after it was sent', 1_000, { since: new Date(1_000), leftMs: 5_000 }],
  ['a while later', 4_000, { since: new Date(1_000), leftMs: 2_000 }],
  ['after the quiet period', 6_000, undefined],
  ['long after', 60_000, undefined],
  ['from now on, where the clock was put back', 400, { since: new Date(400), leftMs: 5_000 }],
])('a delete without an answer is waited for: %s', (_, now, wait) => {
  expect(waitForDelete(new Date(1_000), 5_000, new Date(now))).toEqual(wait);
});

it('is another for each part, and is forgotten once it was answered', () => {
  const sent = { ...writePendingDelete(1, new Date(1_000)) };
  expect(pendingDelete(sent, 2)).toBeUndefined();
  const answered = { ...sent, ...writePendingDelete(1, undefined) };
  expect(pendingDelete(answered, 1)).toBeUndefined();
});
