import { ROLES } from '@tandem/shared/domain/identity/role.ts';
import { access } from './access.ts';
import type { Authenticator } from './caller.ts';
import { createGate, type Gate, type GateOptions } from './gate.ts';
import { unauthenticated } from './refusals.ts';

/** Recognises a bearer that is the name of a role: its caller has that role. */
export const roleAsBearer: Authenticator = async ({ bearer, address }) => {
  if (bearer === undefined) return undefined;
  const role = ROLES.find((name) => name === bearer);
  if (role === undefined) throw unauthenticated();
  return { actor: { kind: 'api-key', id: `tdm_${role}`, name: role, address }, role };
};

/** A gate on a loopback address where a key exists. */
export const testGate = (options: Partial<GateOptions> = {}): Gate =>
  createGate({
    access,
    authenticate: roleAsBearer,
    exposureOf: () => ({ chosen: undefined, loopback: true, hasIssuer: false }),
    publicUrl: undefined,
    keys: { known: () => true, ask: async () => true },
    limits: { failed: async () => undefined, accepted: async () => undefined },
    ...options,
  });
