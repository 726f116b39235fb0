import { describe, expect, it } from 'vitest';
import { mayActAs, ROLES, strongestRole } from './role.ts';

describe('roles', () => {
  it.each(ROLES.flatMap((role, own) => ROLES.map((needed, asked) => [role, needed, own >= asked] as const)))(
    '%s may act as %s: %s',
    (role, needed, may) => expect(mayActAs(role, needed)).toBe(may),
  );

  it('finds the strongest of several, whatever their order', () => {
    expect(strongestRole(['operator', 'admin', 'viewer'])).toBe('admin');
    expect(strongestRole(['restorer', 'viewer'])).toBe('restorer');
    expect(strongestRole([])).toBeUndefined();
  });
});
