import { EncryptJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { sealedCookies } from './sealed-cookies.ts';

const one = 'a'.repeat(32);
const two = 'b'.repeat(32);
const later = new Date(Date.now() + 60_000);

describe('sealedCookies', () => {
  it('opens what it sealed, with its expiry', async () => {
    const cookies = sealedCookies(one);
    const sealed = await cookies.seal('session', { key: 'secret' }, later);
    expect(sealed).not.toContain('secret');
    expect(Buffer.from(sealed.split('.')[0] ?? '', 'base64url').toString()).toBe('{"alg":"dir","enc":"A256GCM"}');
    const opened = await cookies.open('session', sealed);
    expect(opened).toEqual({
      content: { key: 'secret' },
      expiresAt: new Date(Math.floor(later.getTime() / 1_000) * 1_000),
    });
  });

  it('opens cookies of other processes with the same key, and of the previous key after a rotation', async () => {
    const sealed = await sealedCookies(one).seal('session', 1, later);
    expect(await sealedCookies(`${one}\n`).open('session', sealed)).toMatchObject({ content: 1 });
    expect(await sealedCookies(`${two}\n${one}\n`).open('session', sealed)).toMatchObject({ content: 1 });
    const renewed = await sealedCookies(`${two}\n${one}`).seal('session', 2, later);
    expect(await sealedCookies(two).open('session', renewed)).toMatchObject({ content: 2 });
  });

  it('does not open cookies of a random key elsewhere', async () => {
    const sealed = await sealedCookies(undefined).seal('session', 1, later);
    expect(await sealedCookies(undefined).open('session', sealed)).toBeUndefined();
    expect(await sealedCookies(one).open('session', sealed)).toBeUndefined();
  });

  it('does not open a cookie of another purpose, an expired one, or a changed one', async () => {
    const cookies = sealedCookies(one);
    const sealed = await cookies.seal('login', 1, later);
    expect(await cookies.open('session', sealed)).toBeUndefined();
    expect(await cookies.open('login', await cookies.seal('login', 1, new Date(Date.now() - 1_000)))).toBeUndefined();
    const parts = sealed.split('.');
    for (const index of parts.keys()) {
      const changed = parts.map((part, at) => (at === index ? `A${part.slice(1)}B` : part)).join('.');
      expect(await cookies.open('login', changed)).toBeUndefined();
    }
  });

  it.each(['', 'x', 'a.b.c', 'a.b.c.d.e', '....', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0....'])(
    'does not open %j',
    async (sealed) => expect(await sealedCookies(one).open('session', sealed)).toBeUndefined(),
  );

  it('does not open what another key or algorithm sealed', async () => {
    const sealed = await new EncryptJWT({ content: 1 })
      .setProtectedHeader({ alg: 'A256GCMKW', enc: 'A256GCM' })
      .setAudience('session')
      .setExpirationTime('1h')
      .encrypt(new Uint8Array(32));
    expect(await sealedCookies(one).open('session', sealed)).toBeUndefined();
  });
});
