import { expect, it } from 'vitest';
import { roleToCancel, roleToResume } from './operation-roles.ts';

it.each([
  ['create', 'operator', 'operator', 'restorer'],
  ['rehearse', 'operator', 'operator', 'operator'],
  ['restore', 'restorer', 'restorer', 'restorer'],
  ['delete', 'restorer', 'restorer', 'restorer'],
] as const)('a %s is resumed by %s, cancelled by %s, and with its snapshots by %s', (kind, resume, cancel, remove) => {
  expect(roleToResume(kind)).toBe(resume);
  expect(roleToCancel(kind, false)).toBe(cancel);
  expect(roleToCancel(kind, true)).toBe(remove);
});
