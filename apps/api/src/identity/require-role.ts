import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import { mayActAs, type Role } from '@tandem/shared/domain/identity/role.ts';
import type { Caller } from './caller.ts';
import { describedActor } from './refusals.ts';

/** Rejects with FORBIDDEN if the caller's role is weaker. `what` begins the message, such as `Releasing a hold`. */
export const requireRole = ({ actor, role }: Pick<Caller, 'actor' | 'role'>, needed: Role, what: string): void => {
  if (!mayActAs(role, needed)) throw forbidden({ actor, role }, needed, what);
};

/** That the caller's role is too weak for it. */
export const forbidden = ({ actor, role }: Pick<Caller, 'actor' | 'role'>, needed: Role, what: string): Failure =>
  fail('FORBIDDEN', `${what} needs the role ${needed}; ${describedActor(actor)} has the role ${role}.`, {
    needed,
    role,
  });
