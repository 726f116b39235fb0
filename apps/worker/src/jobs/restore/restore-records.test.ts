import { NO_MEMORY } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { expect, it } from 'vitest';
import type { RestoreTick } from './context.ts';
import { elapsedMs, indexRemovedEvent, restoreAttempt } from './restore-records.ts';

const STARTED = '2026-01-01T00:00:00.000Z';
const NOW = new Date('2026-01-01T00:00:10Z');
const actor = { kind: 'system', name: 'worker' } as const;

const tickOf = (startedAt: string | undefined) =>
  ({
    job: { actor },
    operation: { operationId: 'o', requestId: undefined, trigger: 'retry', now: NOW },
    detail: { task: { copy: false }, memory: { ...NO_MEMORY, startedAt } },
  }) as unknown as RestoreTick;

it.each([
  [STARTED, 10_000],
  [undefined, 0],
])('counts from when it began: %s', (startedAt, ms) => expect(elapsedMs(tickOf(startedAt))).toBe(ms));

it.each([
  ['well', undefined, STARTED, { errorClass: undefined, startedAt: new Date(STARTED) }],
  ['badly', { code: 'C', message: 'm', data: {} }, undefined, { errorClass: 'terminal', startedAt: NOW }],
] as const)('an attempt that went %s says so, and since when', (_, reason, startedAt, facts) => {
  const attempt = { part: 2, trigger: 'retry', actor, reason, nextInMs: undefined, ...facts };
  expect(restoreAttempt(tickOf(startedAt), 2, reason)).toEqual(attempt);
});

it('an event says which indices were removed, and why', () =>
  expect(indexRemovedEvent(tickOf(STARTED), ['a', 'b'], 'why')).toEqual({
    ...{ kind: 'index.removed', actor, source: 'worker', reason: 'why' },
    after: { operationId: 'o', indices: ['a', 'b'] },
  }));
