import { describe, expect, it } from 'vitest';
import { mappedRole, mappedValues, type RoleMapping, readRoleMapping } from './role-mapping.ts';

const none: RoleMapping = { viewer: [], operator: [], restorer: [], admin: [] };

describe('mappedRole', () => {
  const mapping: RoleMapping = {
    viewer: ['everyone'],
    operator: ['ci', 'DNS:ci.example.com'],
    restorer: [],
    admin: ['platform'],
  };

  it.each([
    [['everyone'], 'viewer'],
    [['platform', 'everyone'], 'admin'],
    [['everyone', 'DNS:ci.example.com'], 'operator'],
    [[], undefined],
    [['Platform'], undefined],
    [['platform '], undefined],
    [['platform,ci'], undefined],
    [['__proto__', 'constructor', 'viewer', 'admin'], undefined],
  ])('%j grants %s', (values, role) => expect(mappedRole(mapping, values)).toBe(role));

  it('keeps the values that grant a role', () => {
    expect(mappedValues(mapping, ['other', 'platform', 'ci'])).toEqual(['platform', 'ci']);
  });
});

describe('readRoleMapping', () => {
  it.each([
    [
      'admin=tandem-admin,platform-team;operator=ci',
      { ...none, admin: ['tandem-admin', 'platform-team'], operator: ['ci'] },
    ],
    [' viewer = a , b ; ', { ...none, viewer: ['a', 'b'] }],
    ['operator="CN=ci,OU=platform;x",ci', { ...none, operator: ['CN=ci,OU=platform;x', 'ci'] }],
    ['operator=CN=ci', { ...none, operator: ['CN=ci'] }],
    ['viewer=a;viewer=b', { ...none, viewer: ['a', 'b'] }],
    ['restorer=write:*', { ...none, restorer: ['write:*'] }],
    ['{"admin":["a b"],"viewer":"v"}', { ...none, admin: ['a b'], viewer: ['v'] }],
    [
      { admin: ['CN=root,O=Example'], viewer: 'v' },
      { ...none, admin: ['CN=root,O=Example'], viewer: ['v'] },
    ],
  ])('reads %j', (written, mapping) => expect(readRoleMapping(written)).toEqual({ ok: true, mapping }));

  it.each([
    ['', 'must have the form'],
    ['tandem-admin', 'must have the form'],
    ['=x', 'must have the form'],
    [['admin'], 'must have the form'],
    [null, 'must have the form'],
    [7, 'must have the form'],
    [{}, 'must have the form'],
    ['admin="a', 'a double quote is not closed'],
    ['{"admin":', 'not valid JSON'],
    ['root=a', 'not "root"'],
    ['Admin=a', 'not "Admin"'],
    [{ __proto__: null, constructor: 'a' }, 'not "constructor"'],
    ['admin=', 'one or more texts for admin'],
    ['admin=a,,b', 'one or more texts for admin'],
    ['admin=""', 'one or more texts for admin'],
    [{ admin: [1] }, 'one or more texts for admin'],
    [{ admin: [] }, 'one or more texts for admin'],
    ['admin=a;viewer=a', 'must list "a" once'],
  ])('refuses %j: %s', (written, problem) =>
    expect(readRoleMapping(written)).toEqual({ ok: false, problem: expect.stringContaining(problem) }),
  );
});
