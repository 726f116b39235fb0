import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import type { OperationKind } from '@tandem/shared/domain/operation/operation.ts';
import { expect, it } from 'vitest';
import { failedTry } from './failed-try.ts';

const limits = { initialBackoffMs: 100, maxBackoffMs: 1_000, maxAttempts: 5, maxElapsedMs: 60_000 };
const policy = {
  transient: limits,
  operator: { ...limits, maxAttempts: 9 },
  ofKind: { delete: { transient: { ...limits, maxAttempts: 2 }, operator: { ...limits, maxAttempts: 3 } } },
};

const operation = (kind: OperationKind, failedTries: number): ClaimedOperation => ({
  operationId: 'operation-1',
  kind,
  revision: 3,
  requestedAt: new Date(0),
  requestId: undefined,
  actor: { kind: 'system', name: 'test' },
  failedTries,
  failingSince: new Date(0),
  trigger: 'retry',
  detail: {},
  now: new Date(1_000),
  backup: { parts: [], state: 'INCOMPLETE' } as unknown as ClaimedOperation['backup'],
});

const away = fail('ENGINE_UNREACHABLE', 'away', { call: 'findSnapshots' });
const forbidden = fail('ENGINE_FORBIDDEN', 'no permission', { call: 'findSnapshots' });

it.each([
  ['create', away, 4, 'wait'],
  ['create', away, 5, 'end'],
  ['create', forbidden, 8, 'wait'],
  ['create', forbidden, 9, 'end'],
  ['delete', away, 1, 'wait'],
  ['delete', away, 2, 'end'],
  ['delete', forbidden, 2, 'wait'],
  ['delete', forbidden, 3, 'end'],
] as const)(
  'keeps to the limits of the kind and of the class: %s, %s, try %i: %s',
  async (kind, error, tries, next) => {
    const actor = { kind: 'system', name: 'worker' } as const;
    const change = await failedTry(operation(kind, tries - 1), error, { policy, actor, jitter: 0.5, tookMs: 0 });
    expect(change.outcome.do).toBe(next);
    expect(change.attempt?.nextInMs === undefined).toBe(next === 'end');
  },
);

it.each([
  ['IN_PROGRESS', 'INCOMPLETE'],
  ['COMPLETED', undefined],
  ['FAILED', undefined],
] as const)('a deletion that is given up leaves no backup IN_PROGRESS: %s -> %s', async (state, left) => {
  const actor = { kind: 'system', name: 'worker' } as const;
  const given = operation('delete', 1);
  const change = await failedTry({ ...given, backup: { ...given.backup, state } }, away, {
    policy,
    actor,
    jitter: 0.5,
    tookMs: 0,
  });
  expect(change.outcome).toMatchObject({ do: 'end', state: 'FAILED', ...(left && { backup: left }) });
  expect('backup' in change.outcome).toBe(left !== undefined);
  const told = change.events?.filter(({ kind }) => kind === 'backup.state-changed') ?? [];
  expect(told.map(({ before, after }) => ({ before, after }))).toEqual(
    left === undefined ? [] : [{ before: { state }, after: { operationId: given.operationId, state: left } }],
  );
});

const actor = { kind: 'system', name: 'worker' } as const;
const patient = { ...limits, maxAttempts: 100 };
const patience = { transient: patient, operator: patient };
const refusal = (reason: string) => ({ call: 'startRestore', status: 500, type: 'illegal_state_exception', reason });
const refused = (reason: string) => fail('ENGINE_FAILED', reason, refusal(reason));
const blocked = fail('ENGINE_BLOCKED', 'blocked', { ...refusal('blocked'), status: 403 });

/** How each try ended, one after the other; `progress` in between ends the run. */
const tried = async (kind: OperationKind, ...errors: readonly (Error | 'progress')[]): Promise<readonly string[]> => {
  let [failedTries, detail] = [0, {}];
  const ends: string[] = [];
  for (const error of errors) {
    if (error === 'progress') {
      failedTries = 0;
      ends.push('progress');
      continue;
    }
    const options = { policy: patience, actor, jitter: 0, tookMs: 0 };
    const change = await failedTry({ ...operation(kind, failedTries), detail }, error, options);
    failedTries += 1;
    detail = { ...detail, ...change.detail };
    ends.push(change.outcome.do === 'end' ? `end ${change.attempt?.errorClass}` : change.outcome.do);
  }
  return ends;
};

const no = refused('more than one write index');

it.each(['create', 'delete', 'restore', 'rehearse'] as const)(
  'the same refusal five times in a row ends a %s',
  async (kind) => {
    expect(await tried(kind, no, no, no, no, no)).toEqual(['wait', 'wait', 'wait', 'wait', 'end terminal']);
  },
);

it.each([
  ['another reason in between', [no, no, no, no, refused('other'), no, no, no, no]],
  ['progress in between', [no, no, no, no, 'progress', no, no, no, no]],
  ['an engine that is away', Array.from({ length: 9 }, () => away)],
  ['what an operator can lift', Array.from({ length: 9 }, () => blocked)],
] as const)('is tried again: %s', async (_, errors) => {
  expect((await tried('restore', ...errors)).filter((next) => next.startsWith('end'))).toEqual([]);
});

it('an engine that is away in between neither counts nor resets the count', async () => {
  expect((await tried('restore', no, no, away, no, away, no, no)).at(-1)).toBe('end terminal');
});

const create500 = (reason: string) =>
  fail('ENGINE_FAILED', reason, { call: 'startSnapshot', status: 500, type: 'snapshot_exception', reason });

it.each([
  ['an error that nobody foresaw', 5, (nth: number) => new TypeError(`undefined is not ${nth}`)],
  ['a create that the engine failed at', 5, (nth: number) => create500(`[backups:b/uuid-${nth}] on purpose`)],
  ['a primary without a node', 3, (nth: number) => create500(`[b/uuid-${nth}] Indices don't have primary shards [x]`)],
] as const)('has few tries, whatever its words: %s, %i', async (_, tries, nth) => {
  const errors = Array.from({ length: tries }, (_each, at) => nth(at));
  expect(await tried('create', ...errors)).toEqual([...Array(tries - 1).fill('wait'), 'end terminal']);
  const apart = errors.flatMap((error) => [error, away]);
  expect((await tried('create', ...apart)).indexOf('end terminal')).toBe(2 * tries - 2);
  expect(await tried('create', ...errors.slice(1), 'progress', ...errors.slice(1))).not.toContain('end terminal');
});

it('waits a minute for a node that restarts', async () => {
  const missing = create500("Indices don't have primary shards [x]");
  const change = await failedTry(operation('create', 0), missing, { policy: patience, actor, jitter: 0, tookMs: 0 });
  expect(change.outcome).toEqual({ do: 'wait', inMs: 60_000 });
});

it('names the log entry of an error that nobody foresaw', async () => {
  const change = await failedTry(operation('delete', 0), new TypeError('x'), {
    policy: patience,
    actor,
    jitter: 0,
    tookMs: 0,
  });
  expect(change.attempt?.reason).toMatchObject({
    code: 'UNEXPECTED',
    message: expect.stringContaining('reference operation-1/3'),
    data: { reference: 'operation-1/3' },
  });
});

it('does not give up since the clock jumped or no worker ran, and does after so long of failing', async () => {
  const hours = 3_600_000;
  const options = { policy: { transient: patient, operator: patient }, actor, jitter: 0.5, tookMs: 0 };
  const first = await failedTry(operation('create', 0), away, options);
  const later = { ...operation('create', 1), now: new Date(5 * hours), detail: first.detail ?? {} };
  expect((await failedTry(later, away, options)).outcome.do).toBe('wait');
  const end = await failedTry(later, away, { ...options, tookMs: patient.maxElapsedMs });
  expect(end.outcome).toMatchObject({ do: 'end', failure: { data: { gaveUp: 'it has been failing for 60 s' } } });
});

it('waits for an hour at most where the engine asks for more', async () => {
  const busy = fail('ENGINE_BUSY', 'later', { call: 'startSnapshot', retryAfterMs: 86_400_000 });
  const change = await failedTry(operation('create', 0), busy, { policy: patience, actor, jitter: 0, tookMs: 0 });
  expect(change.outcome).toEqual({ do: 'wait', inMs: 3_600_000 });
});
