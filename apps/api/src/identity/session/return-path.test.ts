import { describe, expect, it } from 'vitest';
import { returnPath } from './return-path.ts';

describe('returnPath', () => {
  it.each(['/ui', '/ui/backups', '/ui/backups?state=FAILED&to=/ui', '/docs', '/ui/login'])('keeps %s', (path) =>
    expect(returnPath(path)).toBe(path),
  );

  it.each([
    undefined,
    '',
    '/',
    '/api/v1/backups',
    'https://evil.example.com/ui',
    '//evil.example.com/ui',
    '/\\evil.example.com',
    '\\\\evil.example.com',
    '/ui\\..\\..\\evil',
    '/ui/../api/v1/backups',
    '/ui/..//evil.example.com',
    '/ui/%2e%2e/api',
    '/ui/\u0000',
    '/ui\r\nSet-Cookie: a=b',
    ' /ui',
    '/uix',
    '/ui/"><script>',
    'javascript:alert(1)',
    '/ui#@evil.example.com',
    '@evil.example.com',
  ])('replaces %j', (path) => expect(returnPath(path)).toBe('/ui/login'));
});
