import { describe, expect, it } from 'vitest';
import { type FailureCode, fail } from '../failure/failure.ts';
import {
  type CheckMemory,
  checkVerdict,
  NOT_CHECKED,
  readCheck,
  repositoryCheckOf,
  writeCheck,
} from './repository-check.ts';

const one = { id: 'a', name: 'node-1' };
const two = { id: 'b', name: 'node-2' };
const before: CheckMemory = { ...NOT_CHECKED, before: [one, two] };
const failed = (code: FailureCode, data = {}) => ({ failure: fail(code, `It failed: ${code}.`, data) });

describe('a verification of the repository', () => {
  it('remembers the nodes of the first', () => {
    const earlier = { ...before, unverified: 'It failed before.' };
    expect(checkVerdict(earlier, true, { nodes: [one] })).toEqual({
      is: 'continue',
      memory: { before: [one], unverified: undefined, tries: 0 },
    });
    expect(checkVerdict(earlier, false, { nodes: [one] })).toEqual({ is: 'continue', memory: earlier });
  });

  it.each<[string, object, object]>([
    [
      'a node cannot use it',
      failed('REPOSITORY_UNAVAILABLE', { nodes: ['node-2'] }),
      { is: 'unable', nodes: ['node-2'] },
    ],
    ['nodes without names cannot', failed('REPOSITORY_UNAVAILABLE', { nodes: [] }), { is: 'unable', nodes: [] }],
    ['the master cannot write', failed('REPOSITORY_UNAVAILABLE', { onlyWriting: true }), { is: 'wait' }],
    ['it is not registered', failed('REPOSITORY_UNKNOWN'), { is: 'wait' }],
    ['the engine is away', failed('ENGINE_UNREACHABLE'), { is: 'wait' }],
    ['the engine is busy', failed('ENGINE_BUSY'), { is: 'wait' }],
    [
      'no privilege',
      failed('ENGINE_FORBIDDEN'),
      { is: 'continue', memory: { unverified: 'It failed: ENGINE_FORBIDDEN.' } },
    ],
    [
      'no such call',
      failed('ENGINE_REFUSED'),
      { is: 'continue', memory: { unverified: 'It failed: ENGINE_REFUSED.' } },
    ],
    ['a time-out', failed('ENGINE_TIMEOUT', { nodes: ['node-2'] }), { is: 'again', memory: { tries: 1 } }],
  ])('%s', (_, result, expected) => {
    for (const isFirst of [true, false])
      expect(checkVerdict(before, isFirst, result as ReturnType<typeof failed>)).toMatchObject(expected);
  });

  it('is made three times where it gives no result, then the backup goes on without', () => {
    const late = failed('ENGINE_TIMEOUT');
    const third = checkVerdict({ ...before, tries: 2 }, false, late);
    expect(checkVerdict({ ...before, tries: 1 }, false, late)).toMatchObject({ is: 'again', memory: { tries: 2 } });
    expect(third).toEqual({ is: 'continue', memory: { ...before, unverified: 'It failed: ENGINE_TIMEOUT.' } });
  });

  it('is kept in the detail of the operation', () => {
    expect(readCheck(JSON.parse(JSON.stringify(writeCheck(before))))).toEqual(before);
    expect(readCheck({})).toEqual(NOT_CHECKED);
  });
});

describe('what a backup says of its repository', () => {
  it.each<[string, CheckMemory, (typeof one)[] | undefined, object]>([
    ['every node could use it', before, [one, two], { verified: true }],
    ['a node joined', before, [one, two, { id: 'c', name: 'node-3' }], { verified: true }],
    ['a node left', before, [one], { verified: false, nodesLeft: ['node-2'], reason: /^Node node-2 left/ }],
    [
      'another node took its name',
      before,
      [one, { id: 'c', name: 'node-2' }],
      { verified: false, nodesLeft: ['node-2'] },
    ],
    [
      'one verification failed',
      { ...before, unverified: 'Late.' },
      [one, two],
      { verified: false, reason: /^Late/, nodesLeft: [] },
    ],
    ['the last failed', { ...before, unverified: 'Late.' }, undefined, { verified: false, nodesLeft: [] }],
    [
      'one failed, and a node left',
      { ...before, unverified: 'Late.' },
      [one],
      { verified: false, nodesLeft: ['node-2'] },
    ],
    [
      'it was begun by an earlier version',
      NOT_CHECKED,
      [one, two],
      { verified: false, reason: /before part 1/, nodesLeft: [] },
    ],
    [
      'the first failed',
      { ...NOT_CHECKED, unverified: 'Late.' },
      [one, two],
      { verified: false, reason: /^Late/, nodesLeft: [] },
    ],
    [
      'two nodes left',
      { ...NOT_CHECKED, before: [two, one] },
      [],
      { verified: false, nodesLeft: ['node-1', 'node-2'], reason: /^Node node-1, node-2 left/ },
    ],
  ])('%s', (_, memory, nodes, { reason, ...expected }: { reason?: RegExp }) => {
    const check = repositoryCheckOf(memory, nodes);
    expect(check).toMatchObject(expected);
    if (reason !== undefined) expect(check.reason).toMatch(reason);
  });
});
