/** From the weakest to the strongest: each may do what those before it may (docs/security.md). */
export const ROLES = ['viewer', 'operator', 'restorer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Whether a caller with the role may do what needs the other role. */
export const mayActAs = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** The strongest of several roles; undefined: there are none. */
export const strongestRole = (roles: readonly Role[]): Role | undefined =>
  ROLES.findLast((role) => roles.includes(role));
