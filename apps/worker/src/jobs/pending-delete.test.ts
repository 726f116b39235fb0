import type { ClaimedOperation } from '@tandem/shared/domain/backup.ts';
import { expect, it } from 'vitest';
import { pendingDelete, pendingDeleteMs, writePendingDelete } from './pending-delete.ts';

const operation = (detail: Record<string, unknown>, now: number) =>
  ({ detail, now: new Date(now) }) as ClaimedOperation;

it.each([
  ['right after it was sent', 1_000, 5_000],
  ['a while later', 4_000, 2_000],
  ['after the quiet period', 6_000, 0],
  ['long after', 60_000, 0],
])('a delete without an answer is waited for: %s', (_, now, leftMs) => {
  expect(pendingDeleteMs(operation(writePendingDelete(2, new Date(1_000)), now), 2, 5_000)).toBe(leftMs);
});

it('is another for each part, and is forgotten once it was answered', () => {
  const sent = { ...writePendingDelete(1, new Date(1_000)) };
  expect(pendingDelete(sent, 2)).toBeUndefined();
  const answered = { ...sent, ...writePendingDelete(1, undefined) };
  expect(pendingDelete(answered, 1)).toBeUndefined();
  expect(pendingDeleteMs(operation(answered, 1_000), 1, 5_000)).toBe(0);
});
