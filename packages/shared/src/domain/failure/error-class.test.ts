import { expect, it } from 'vitest';
import { errorClass } from './error-class.ts';
import { type FailureCode, fail } from './failure.ts';
import type { ErrorClass } from './failure-definition.ts';

it.each<[FailureCode, ErrorClass]>([
  ['ENGINE_UNREACHABLE', 'transient'],
  ['ENGINE_FAILED', 'transient'],
  ['SNAPSHOT_EXISTS', 'transient'],
  ['RESTORE_REFUSED', 'terminal'],
  ['ENGINE_FORBIDDEN', 'operator'],
  ['ENGINE_BLOCKED', 'operator'],
  ['REPOSITORY_UNAVAILABLE', 'operator'],
])('reads the class of an engine failure from its code: %s -> %s', (code, expected) => {
  expect(errorClass(fail(code, 'no'))).toBe(expected);
});

it.each<[string, ErrorClass]>([
  ['startSnapshot', 'terminal'],
  ['deleteSnapshot', 'operator'],
])(
  'ends a create that the engine refused, and waits for an operator where it refused another call: %s -> %s',
  (call, expected) => {
    expect(errorClass(fail('ENGINE_REFUSED', 'no', { call }))).toBe(expected);
  },
);

it.each<FailureCode>(['REPOSITORY_CHANGED', 'CLUSTER_CHANGED', 'REPOSITORY_FULL', 'BLOCKS_NOT_LIFTED'])(
  'waits for an operator, who can fix it: %s',
  (code) => {
    expect(errorClass(fail(code, 'no'))).toBe('operator');
  },
);

it.each<FailureCode>(['NO_INDICES', 'RESTORE_EXPIRED', 'RESTORE_DIFFERS'])(
  'tries nothing again that a rule of ours refused: %s',
  (code) => {
    expect(errorClass(fail(code, 'no', { call: 'startSnapshot' }))).toBe('terminal');
  },
);
