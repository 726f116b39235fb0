import { describe, expect, it } from 'vitest';
import { type AuthMode, authMode, isUnsafe } from './auth-mode.ts';

const LOOPBACK = { loopback: true };
const OTHER = { loopback: false };
const UNSET = { chosen: undefined, hasIssuer: false };
const ISSUER = { chosen: undefined, hasIssuer: true };
const OPEN = { chosen: 'open', hasIssuer: false } as const;
const REQUIRED = { chosen: 'required', hasIssuer: false } as const;

describe('authentication', () => {
  it.each([
    ['nothing set, loopback, no key', UNSET, LOOPBACK, false, 'open'],
    ['nothing set, loopback, a key', UNSET, LOOPBACK, true, 'required'],
    ['nothing set, loopback, not known', UNSET, LOOPBACK, undefined, 'unknown'],
    ['nothing set, another address, no key', UNSET, OTHER, false, 'required'],
    ['nothing set, another address, a key', UNSET, OTHER, true, 'required'],
    ['nothing set, another address, not known', UNSET, OTHER, undefined, 'unknown'],
    ['an issuer, loopback, no key', ISSUER, LOOPBACK, false, 'required'],
    ['an issuer, another address, not known', ISSUER, OTHER, undefined, 'required'],
    ['open, another address, a key', OPEN, OTHER, true, 'open'],
    ['open, loopback, not known', OPEN, LOOPBACK, undefined, 'open'],
    ['required, loopback, no key', REQUIRED, LOOPBACK, false, 'required'],
    ['required, loopback, not known', REQUIRED, LOOPBACK, undefined, 'required'],
  ] as const)('%s: %5$s', (_, chosen, address, hasKeys, mode: AuthMode) =>
    expect(authMode({ ...chosen, ...address }, hasKeys)).toBe(mode),
  );

  it.each([
    ['nothing set, another address, no key', UNSET, OTHER, false, true],
    ['nothing set, another address, not known', UNSET, OTHER, undefined, false],
    ['nothing set, another address, a key', UNSET, OTHER, true, false],
    ['nothing set, loopback, no key', UNSET, LOOPBACK, false, false],
    ['an issuer, another address, no key', ISSUER, OTHER, false, false],
    ['open, another address, no key', OPEN, OTHER, false, false],
    ['required, another address, no key', REQUIRED, OTHER, false, false],
  ] as const)('refuses the start: %s: %5$s', (_, chosen, address, hasKeys, refused) =>
    expect(isUnsafe({ ...chosen, ...address }, hasKeys)).toBe(refused),
  );
});
