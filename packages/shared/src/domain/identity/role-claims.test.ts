import { describe, expect, it } from 'vitest';
import { claimedValues, DEFAULT_CLAIM_PATHS } from './role-claims.ts';

const names = { client: 'tandem.web', audience: 'tandem-api' };

describe('claimedValues', () => {
  it.each<[object, readonly string[], readonly string[]]>([
    [{ realm_access: { roles: ['a', 'b'] } }, ['realm_access.roles'], ['a', 'b']],
    [{ groups: 'a' }, ['groups'], ['a']],
    [{ groups: 'a tandem-admin' }, ['groups'], ['a tandem-admin']],
    [{ scope: 'openid tandem' }, ['scope'], ['openid', 'tandem']],
    [{ resource_access: { 'tandem.web': { roles: ['a'] } } }, ['resource_access.{client}.roles'], ['a']],
    [{ resource_access: { tandem: { web: { roles: ['a'] } } } }, ['resource_access.{client}.roles'], []],
    [{ permissions: { 'tandem-api': ['write:*'] } }, ['permissions.{audience}'], ['write:*']],
    [{ groups: ['a', 'b'], roles: ['b', 'c'] }, ['groups', 'roles'], ['a', 'b', 'c']],
    // literal names before nested ones
    [{ 'realm_access.roles': ['literal'], realm_access: { roles: ['nested'] } }, ['realm_access.roles'], ['literal']],
    [{ 'https://example.com/roles': ['a'] }, ['https://example.com/roles'], ['a']],
    [{ 'a.b': { c: ['x'] }, a: { 'b.c': ['y'] } }, ['a.b.c'], ['x']],
    [{ 'a.b': {}, a: { 'b.c': ['y'] } }, ['a.b.c'], ['y']],
  ])('%j at %j: %j', (claims, paths, values) => expect(claimedValues(claims, paths, names)).toEqual(values));

  it.each<[object]>([
    [{}],
    [{ groups: null }],
    [{ groups: 7 }],
    [{ groups: true }],
    [{ groups: { 0: 'tandem-admin', length: 1 } }],
    [{ groups: [['tandem-admin'], { toString: 'tandem-admin' }, 1, null] }],
    [{ realm_access: 'roles' }],
    [{ realm_access: ['roles'] }],
    [{ realm_access: { roles: { admin: true } } }],
    [{ resource_access: { other: { roles: ['tandem-admin'] } } }],
    [{ resource_access: { '{client}': { roles: ['tandem-admin'] } } }],
    [JSON.parse('{"realm_access":{"__proto__":{"roles":["tandem-admin"]}}}')],
    [JSON.parse('{"__proto__":{"groups":["tandem-admin"]}}')],
  ])('finds nothing in %j', (claims) => expect(claimedValues(claims, DEFAULT_CLAIM_PATHS, names)).toEqual([]));

  it.each(['constructor', 'constructor.name', '__proto__', 'toString', 'groups.length', 'groups.0'])(
    'reads own claims only, not %s',
    (path) => expect(claimedValues({ groups: ['a'] }, [path], names)).toEqual([]),
  );

  it('ignores a path whose placeholder has no value', () => {
    const claims = { resource_access: { undefined: { roles: ['a'] } }, permissions: { '': ['b'] } };
    expect(claimedValues(claims, DEFAULT_CLAIM_PATHS, { client: undefined, audience: undefined })).toEqual([]);
  });
});
