import { expect, it } from 'vitest';
import type { Client } from '../connect/client.ts';
import type { Io } from '../io/io.ts';
import { untilOperationEnded } from './until-operation-ended.ts';

const io = {
  now: () => new Date(0),
  say: () => undefined,
  bar: undefined,
  signal: AbortSignal.any([]),
} as unknown as Io;
const ended = (state: string) =>
  ({
    get: async () => ({ operationId: 'o', kind: 'create', state, endedAt: '2026-11-22T01:00:00Z' }),
  }) as unknown as Client;

it.each([
  ['SUCCEEDED', undefined, 'ok'],
  ['FAILED', undefined, 'failed'],
  ['CANCELLED', undefined, 'failed'],
  ['SUSPENDED', undefined, 'failed'],
  ['CANCELLED', 'CANCELLED', 'ok'],
  ['SUCCEEDED', 'CANCELLED', 'failed'],
] as const)('an operation that is %s, where %s is good: %s', async (state, good, exit) => {
  const outcome = await untilOperationEnded(ended(state), 'o', undefined, io, good);
  expect(outcome).toMatchObject({ exit, notes: exit === 'ok' ? [] : [`Operation o is ${state}.`] });
});
