import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { Role } from '@tandem/shared/domain/identity/role.ts';
import { describe, expect, it } from 'vitest';
import type { Arrival } from './arrival.ts';
import type { Exposure } from './auth-mode.ts';
import { createGate } from './gate.ts';
import { unauthenticated } from './refusals.ts';

const row = { method: 'post', path: '/api/v1/restores', docs: { id: 'requestRestore' } } as const;
const arrival = (bearer?: string) =>
  ({
    ...{ address: '192.0.2.1', cookie: undefined, certificate: undefined, credentialInUrl: false, origin: undefined },
    ...{ host: '127.0.0.1', forwardedBy: undefined },
    authorization: bearer === undefined ? [] : [`Bearer ${bearer}`],
  }) as unknown as Arrival;
const caller = (role: Role) => ({
  actor: { kind: 'api-key', id: 'tdm_1', name: 'ci', address: '192.0.2.1' } as const,
  role,
});

const gateWith = (exposure: Partial<Exposure>, isLimited = false, refusal = unauthenticated()) => {
  const counted = { failed: 0, accepted: 0 };
  const limit = async () => {
    if (isLimited) throw fail('TOO_MANY_REQUESTS', 'too many', { retryAfterSeconds: 1 });
  };
  const gate = createGate({
    access: { requestRestore: 'restorer' },
    exposureOf: () => ({ chosen: undefined, loopback: true, hasIssuer: false, ...exposure }),
    publicUrl: undefined,
    keys: { known: () => false, ask: async () => false },
    authenticate: async () => {
      throw refusal;
    },
    limits: {
      failed: async () => {
        counted.failed += 1;
        await limit();
      },
      accepted: async () => {
        counted.accepted += 1;
        await limit();
      },
    },
  });
  return { gate, counted };
};

describe('wrong credentials', () => {
  it('count, and are 429 beyond the limit', async () => {
    const { gate, counted } = gateWith({ chosen: 'required' });
    await expect(gate.identify(arrival('x'), row)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(counted.failed).toBe(1);
    const limited = gateWith({ chosen: 'required' }, true);
    await expect(limited.gate.identify(arrival('x'), row)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });

  it('are refused and do not count while the API is open on a loopback address', async () => {
    const { gate, counted } = gateWith({}, true);
    await expect(gate.identify(arrival('x'), row)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(counted.failed).toBe(0);
  });

  it('count where an open API is reached from other machines', async () => {
    const { gate, counted } = gateWith({ chosen: 'open', loopback: false });
    await expect(gate.identify(arrival('x'), row)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(counted.failed).toBe(1);
  });
});

describe('accepted callers', () => {
  it('count also where they do not have the role', async () => {
    const { gate, counted } = gateWith({ chosen: 'required' });
    await expect(gate.authorize(caller('viewer'), row)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await gate.authorize(caller('restorer'), row);
    expect(counted.accepted).toBe(2);
  });

  it('count by their address if nothing grants them a role', async () => {
    const forbidden = fail('FORBIDDEN', 'no role', {});
    const { gate, counted } = gateWith({ chosen: 'required' }, false, forbidden);
    await expect(gate.identify(arrival('x'), row)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(counted).toEqual({ failed: 0, accepted: 1 });
    const limited = gateWith({ chosen: 'required' }, true, forbidden);
    await expect(limited.gate.identify(arrival('x'), row)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });

  it('do not count while everyone is admin on a loopback address', async () => {
    const { gate, counted } = gateWith({}, true);
    await gate.authorize(await gate.identify(arrival(), row), row);
    expect(counted).toEqual({ failed: 0, accepted: 0 });
  });
});
