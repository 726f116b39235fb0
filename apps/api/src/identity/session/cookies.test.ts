import { describe, expect, it } from 'vitest';
import { cookieHeader, cookieValues } from './cookies.ts';

describe('cookieValues', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['a=1', []],
    ['tandem_session=x', ['x']],
    ['a=1; tandem_session=x; b=2', ['x']],
    ['tandem_session=x;tandem_session=y', ['x', 'y']],
    ['tandem_session=a=b==', ['a=b==']],
    ['tandem_session_other=x', []],
    ['Tandem_Session=x', []],
    ['tandem_session', []],
  ])('reads %j', (header, values) => expect(cookieValues(header, 'tandem_session')).toEqual(values));
});

describe('cookieHeader', () => {
  it.each([
    [true, 'n=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure'],
    [false, 'n=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax'],
  ])('secure %s', (isSecure, header) => expect(cookieHeader('n', 'v', { isSecure, maxAgeSeconds: 60 })).toBe(header));
});
