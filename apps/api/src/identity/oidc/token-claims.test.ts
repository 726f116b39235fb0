import { describe, expect, it } from 'vitest';
import { audienceProblem, identityOf, shown } from './token-claims.ts';

describe('audienceProblem', () => {
  const expected = { audience: 'tandem-api', acceptedClients: ['ci'] };

  it.each([
    [{ aud: 'tandem-api' }],
    [{ aud: ['account', 'tandem-api'], azp: 'web' }],
    [{ azp: 'ci' }],
    [{ client_id: 'ci', aud: 'account' }],
  ])('accepts %j', (claims) => expect(audienceProblem(claims, expected)).toBeUndefined());

  it.each([
    [{}, 'has no audience (aud); that of Tandem is tandem-api', 'list the client in'],
    [{ aud: [], azp: 'web' }, 'has no audience (aud)', 'list the client web in'],
    [
      { aud: 'account', azp: 'web\n\u0000x' },
      'has the audience account; that of Tandem is tandem-api',
      'list the client web  x in',
    ],
    [{ aud: 'tandem-api ', azp: 'cI' }, 'has the audience tandem-api', 'list the client cI in'],
    [{ azp: ['ci'] as never }, 'has no audience', 'list the client in'],
  ])('refuses %j', (claims, found, advice) => {
    expect(audienceProblem(claims, expected)).toContain(found);
    expect(audienceProblem(claims, expected)).toContain(advice);
  });

  it('accepts no audience where none is set', () => {
    expect(audienceProblem({ aud: 'undefined' }, { audience: undefined, acceptedClients: [] })).toContain(
      'not for Tandem',
    );
  });
});

describe('identityOf', () => {
  it.each([
    [
      { sub: 'a1', preferred_username: 'nora', azp: 'web' },
      { id: 'a1', name: 'nora' },
    ],
    [
      { sub: 'a1', azp: 'ci' },
      { id: 'a1', name: 'ci' },
    ],
    [{ sub: 'a1' }, { id: 'a1', name: 'a1' }],
    [{ client_id: 'ci' }, { id: 'ci', name: 'ci' }],
    [
      { sub: 'a1', preferred_username: ' \u0000 ' },
      { id: 'a1', name: 'a1' },
    ],
    [
      { sub: 'a1', preferred_username: { toString: 'x' } },
      { id: 'a1', name: 'a1' },
    ],
    [
      { sub: 'a1', preferred_username: 'x'.repeat(500) },
      { id: 'a1', name: 'x'.repeat(100) },
    ],
  ])('%j is %j', (claims, identity) => expect(identityOf(claims)).toEqual(identity));

  it.each([
    [{}],
    [{ sub: '' }],
    [{ sub: 7 as never }],
    [{ sub: 'x'.repeat(256) }],
    [{ sub: 'a\u0000' }],
    [{ sub: '\ud800' }],
  ])('has none for %j', (claims) => expect(identityOf(claims)).toBeUndefined());
});

describe('shown', () => {
  it('keeps one line of whole characters', () => {
    expect(shown('a\r\nb\u0007\ud800')).toBe('a  b �');
    expect(shown('😀'.repeat(200))).toBe('😀'.repeat(100));
  });
});
