import { describe, expect, it } from 'vitest';
import { checkFetchSite, checkOrigin } from './check-origin.ts';
import { checkOpenRequest, type OpenAddress } from './open-requests.ts';

const outcome = (work: () => void): string => {
  try {
    work();
    return 'served';
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
};

const BY_DEFAULT: OpenAddress = { loopback: true, chosen: false, publicUrl: undefined };
const CHOSEN: OpenAddress = { loopback: true, chosen: true, publicUrl: 'https://tandem.example.com/below' };
const ELSEWHERE: OpenAddress = { loopback: false, chosen: true, publicUrl: undefined };

describe('without authentication', () => {
  it.each([
    ['localhost', BY_DEFAULT, 'served'],
    ['localhost:8092', BY_DEFAULT, 'served'],
    ['LocalHost:8092', BY_DEFAULT, 'served'],
    ['127.0.0.1:8092', BY_DEFAULT, 'served'],
    ['[::1]:8092', BY_DEFAULT, 'served'],
    [undefined, BY_DEFAULT, 'served'],
    ['evil.example', BY_DEFAULT, 'HOST_NOT_SERVED'],
    ['localhost.evil.example:8092', BY_DEFAULT, 'HOST_NOT_SERVED'],
    ['127.0.0.1.evil.example', BY_DEFAULT, 'HOST_NOT_SERVED'],
    ['127.0.0.1@evil.example', BY_DEFAULT, 'HOST_NOT_SERVED'],
    ['localhost:8092, evil.example', BY_DEFAULT, 'HOST_NOT_SERVED'],
    ['localhost.', BY_DEFAULT, 'HOST_NOT_SERVED'],
    ['10.0.0.5', BY_DEFAULT, 'HOST_NOT_SERVED'],
    ['', BY_DEFAULT, 'HOST_NOT_SERVED'],
    ['tandem', BY_DEFAULT, 'HOST_NOT_SERVED'],
    ['tandem.example.com', CHOSEN, 'served'],
    ['other.example.com', CHOSEN, 'HOST_NOT_SERVED'],
    ['10.0.0.5', CHOSEN, 'HOST_NOT_SERVED'],
    ['10.0.0.5:8092', ELSEWHERE, 'served'],
    ['[2001:db8::5]:8092', ELSEWHERE, 'served'],
    ['tandem:8092', ELSEWHERE, 'served'],
    ['localhost:8092', ELSEWHERE, 'served'],
    ['evil.example', ELSEWHERE, 'HOST_NOT_SERVED'],
  ])('host %s, %o: %s', (host, address, expected) =>
    expect(outcome(() => checkOpenRequest({ host, forwardedBy: undefined }, address))).toBe(expected),
  );

  it('serves no request that a proxy forwarded, unless an operator chose to', () => {
    const request = { host: 'localhost', forwardedBy: 'x-forwarded-for' };
    expect(outcome(() => checkOpenRequest(request, BY_DEFAULT))).toBe('PROXY_NOT_TRUSTED');
    expect(outcome(() => checkOpenRequest(request, CHOSEN))).toBe('served');
  });

  it('names the settings that decide it, and cuts what a client sent', () => {
    const forwarded = () => checkOpenRequest({ host: 'localhost', forwardedBy: 'forwarded' }, BY_DEFAULT);
    expect(forwarded).toThrow(/header forwarded,.* AUTH_MODE=required .* AUTH_MODE=open .* TRUST_PROXY/);
    const long = () => checkOpenRequest({ host: 'x'.repeat(5_000), forwardedBy: undefined }, BY_DEFAULT);
    expect(long).toThrow(/^.{0,350}$/);
  });
});

describe('the origin of a page', () => {
  it.each([
    ['http://localhost:8092', 'localhost:8092', undefined, 'served'],
    ['http://localhost:8092', 'LOCALHOST:8092', undefined, 'served'],
    ['https://evil.example', 'localhost:8092', undefined, 'FORBIDDEN'],
    ['http://localhost:3000', 'localhost:8092', undefined, 'FORBIDDEN'],
    ['null', 'localhost:8092', undefined, 'FORBIDDEN'],
    ['https://localhost:8092.evil.example', 'localhost:8092', undefined, 'FORBIDDEN'],
    ['https://tandem.example.com', '127.0.0.1:8092', 'https://tandem.example.com/below', 'served'],
    ['http://tandem.example.com', '127.0.0.1:8092', 'https://tandem.example.com/below', 'FORBIDDEN'],
    [undefined, 'localhost:8092', undefined, 'served'],
  ])('%s at %s with PUBLIC_URL %s: %s', (origin, host, publicUrl, expected) =>
    expect(outcome(() => checkOrigin({ origin, host }, publicUrl))).toBe(expected),
  );
});

describe('what the browser says of the page', () => {
  it.each([
    [undefined, 'served'],
    ['same-origin', 'served'],
    ['none', 'served'],
    ['same-site', 'FORBIDDEN'],
    ['cross-site', 'FORBIDDEN'],
    ['', 'FORBIDDEN'],
    ['same-origin, same-origin', 'FORBIDDEN'],
  ])('%s: %s', (fetchSite, expected) => expect(outcome(() => checkFetchSite({ fetchSite }))).toBe(expected));
});
