import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { expectErrorBody, expectRefusal } from './harness/requests/expect-refusal.ts';
import { rawRequest, sendRaw } from './harness/requests/raw-http.ts';
import { useWorld } from './harness/world.ts';

/** All of it is refused at the edge: nothing may come of any request in this file but events that say so. */
const world = useWorld();
const json = { 'content-type': 'application/json' };
const post = (body: NonNullable<RequestInit['body']>, headers: Record<string, string> = json) =>
  world.api.call('/actuator/backup', { method: 'POST', headers, body });
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('a body that is not what it should be', () => {
  it.each<[string, string, number, RegExp]>([
    ['malformed JSON', '{"backupId":', 400, /JSON/],
    ['a JSON value with rubbish behind it', '{"backupId":"x"}}', 400, /JSON/],
    ['NaN', '{"backupId":NaN}', 400, /JSON/],
    ['no body', '', 400, /body|backupId/i],
    ['an array', '["x"]', 400, /object/],
    ['a string', '"x"', 400, /JSON|object/],
    ['null', 'null', 400, /JSON|object/],
    ['an object without an id', '{}', 400, /backupId is missing/],
    ['2,500 arrays, one in the other', deep(2_500), 400, /object/],
    [
      'an id of 2,500 arrays',
      `{"backupId":${deep(2_500)}}`,
      400,
      /The body must be a JSON object|backupId must be a string/,
    ],
    ['an unknown field', '{"backupId":"x","force":true}', 400, /"force"/],
    ['__proto__', '{"backupId":"x","__proto__":{"admin":true}}', 400, /"__proto__"/],
    ['constructor', '{"backupId":"x","constructor":{}}', 400, /"constructor"/],
    ['an id twice, of which the last counts', '{"backupId":"x","backupId":"X"}', 400, /"X"/],
    ['17 kB', `{"backupId":"x","more":"${'m'.repeat(17_000)}"}`, 413, /16384 bytes/],
  ])('%s', async (_, body, status, words) => {
    expect(expectRefusal(await post(body), status, 'badRequestError')).toMatch(words);
  });

  it('is too large also when it is only unpacked', async () => {
    const packed = gzipSync(`{"backupId":"${'x'.repeat(5_000_000)}"}`);
    expectRefusal(await post(packed, { ...json, 'content-encoding': 'gzip' }), 413, 'badRequestError');
  });

  it('claims an encoding that it has not', async () => {
    expectRefusal(await post('{"backupId":"x"}', { ...json, 'content-encoding': 'gzip' }), 400, 'badRequestError');
    expectRefusal(await post('{"backupId":"x"}', { ...json, 'content-encoding': 'zip' }), 415, 'badRequestError');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/html',
    'application/json-patch+json',
    'application/xml, application/json',
  ])('comes as %s', async (contentType) => {
    const answer = await post('{"backupId":"x"}', { 'content-type': contentType });
    expect(expectRefusal(answer, 415, 'badRequestError')).toContain('application/json');
  });

  it('comes without a content type', async () => {
    const answer = await post(new TextEncoder().encode('{"backupId":"x"}'), {});
    expectRefusal(answer, 415, 'badRequestError');
  });

  it('comes in another charset', async () => {
    const answer = await post('{"backupId":"x"}', { 'content-type': 'application/json; charset=iso-8859-1' });
    expectRefusal(answer, 415, 'badRequestError');
  });
});

describe('an id that is no id', () => {
  it.each<[unknown, RegExp]>([
    [null, /must be a string, for example "nightly-2026-11-22", found null/],
    [true, /must be a string, for example "nightly-2026-11-22", found a boolean/],
    [{}, /must be a string, for example "nightly-2026-11-22", found a object|found an object/],
    [[], /must be a string, for example "nightly-2026-11-22", found an array/],
    [['x'], /must be a string, for example "nightly-2026-11-22", found an array/],
    [-1, /must begin with a letter a-z or a digit/],
    [1e300, /"\+" \(U\+002B\)/],
    ['', /must not be empty/],
    [' ', /U\+0020/],
    ['\t', /U\+0009/],
    ['a\nb', /U\+000A/],
    ['a\r\nb', /U\+000D/],
    ['a\u0000b', /U\+0000/],
    ['\ud800', /U\+(D800|FFFD)/],
    ['e\u0301', /U\+0301/],
    ['\u00e9', /U\+00E9/],
    ['\uff11', /U\+FF11/],
    ['a\u202eb', /U\+202E/],
    ['\u{1f600}', /U\+1F600/],
    ['Nightly', /"N" \(U\+004E\)/],
    ['_x', /"_" \(U\+005F\)/],
    ['a_b', /"_" \(U\+005F\)/],
    ['a b', /space/],
    ['a,b', /"," \(U\+002C\)/],
    ['a#b', /"#"/],
    ['a/b', /"\/"/],
    ['a\\b', /U\+005C/],
    ['a"b', /U\+0022/],
    ["a'b", /U\+0027/],
    ['a<b', /"<"/],
    ['a>b', /">"/],
    ['a?b', /"\?"/],
    ['a|b', /"\|"/],
    ['*', /"\*"/],
    ['_all', /"_"/],
    ['_current', /"_"/],
    ['-x', /must begin with a letter a-z or a digit/],
    ['.x', /must begin with a letter a-z or a digit/],
    ['<s-{now/d}>', /"<"/],
    ['.', /must begin with/],
    ['..', /".."/],
    ['a..b', /must not contain ".."/],
    ['%2e%2e%2f', /"%"/],
    ['a:b', /":"/],
    ['repeat:a:b', /":"/],
    ['1_8.9.0_part_1_of_2', /"_"/],
    ["x'; drop table backup; --", /U\+0027/],
    ['x$(id)', /"\$"/],
    ['(a+)+$', /"\("/],
    ['<script>alert(1)</script>', /U\+003C/],
    ['a'.repeat(221), /maximum is 220/],
    ['a'.repeat(256), /at most 255/],
    ['a'.repeat(300), /at most 255/],
    ['a'.repeat(16_000), /at most 255/],
  ])('%j', async (backupId, words) => {
    const message = expectRefusal(await world.api.post(backupId), 400, 'badRequestError');
    expect(message).toContain('backupId');
    expect(message).toMatch(words);
    expect(message.length).toBeLessThan(400);
  });
});

describe('a lookup that is none', () => {
  it.each<[string, number]>([
    ['*', 400],
    ['a*', 400],
    ['%2A', 400],
    ['a,b', 400],
    ['%3Cs-%7Bnow%2Fd%7D%3E', 400],
    ['..', 400],
    ['%2e%2e%2f', 400],
    ['a%2F..%2Fb', 400],
    ['%252f', 400],
    ['%zz', 400],
    ['%', 400],
    ['%00', 400],
    ['a%0d%0ab', 400],
    ['%ed%a0%80', 400],
    ['A', 400],
    ['a:b', 400],
    ['a'.repeat(300), 400],
    ["x'%20or%201=1--", 400],
    // no pattern to us nor to the engine, since they are looked up inside a longer name
    ['.', 404],
    ['_all', 404],
    ['_current', 404],
    ['-x', 404],
    ['a/b', 404],
    ['../../etc/passwd', 404],
  ])('%s', async (path, status) => {
    // fetch would resolve the dots
    const answer = await sendRaw(
      world.api.address,
      rawRequest([`GET /actuator/backup/${path} HTTP/1.1`, 'Host: localhost']),
    );
    const code = status === 404 ? 'notFoundError' : 'badRequestError';
    expectErrorBody(
      { ...answer, contentType: answer.headers['content-type'] ?? null, text: answer.body },
      status,
      code,
    );
  });
});

describe('a path or method that there is not', () => {
  it.each([
    '/',
    '/actuator',
    '/actuator/backup/a/b',
    '/actuator/backups/1/2',
    '/actuator/backupHistory',
    '/actuator/env',
    '/actuator/heapdump',
    '/actuator/<script>alert(1)</script>',
    '/actuator/%3Cscript%3Ealert(1)%3C/script%3E',
    '/favicon.ico',
    '//actuator/backup',
    '/actuator/health/liveness/..;/backup',
  ])('GET %s', async (path) => {
    const answer = await world.api.call(path);
    expectRefusal(answer, 404, 'notFoundError');
    expect(answer.text).not.toContain('script');
  });

  it.each([
    ['GET', '/actuator/backup', 'POST'],
    ['PUT', '/actuator/backup', 'POST'],
    ['DELETE', '/actuator/backup', 'POST'],
    ['PATCH', '/actuator/backup', 'POST'],
    ['OPTIONS', '/actuator/backup', 'POST'],
    ['POST', '/actuator/backup/x', 'GET'],
    ['DELETE', '/actuator/backup/x', 'GET'],
    ['OPTIONS', '/actuator/backup/x', 'GET'],
    ['PUT', '/actuator/backups', 'POST, GET'],
    ['DELETE', '/actuator/backups', 'POST, GET'],
    ['POST', '/actuator/backups/1', 'GET, DELETE'],
    ['OPTIONS', '/actuator/backups/1', 'GET, DELETE'],
    ['POST', '/actuator/health/readiness', 'GET'],
  ])('%s %s', async (method, path, allowed) => {
    const answer = await world.api.call(path, { method, headers: { 'x-http-method-override': 'POST' } });
    expectRefusal(answer, 405, 'badRequestError');
    expect(answer.headers.get('allow')).toContain(allowed);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('answers HEAD without a body', async () => {
    const answer = await world.api.call('/actuator/backup/x', { method: 'HEAD' });
    expect([answer.status, answer.text]).toEqual([404, '']);
    expect((await world.api.call('/actuator/backup', { method: 'HEAD' })).status).toBe(405);
  });

  it('does not echo a TRACE', async () => {
    const head = ['TRACE /actuator/backup HTTP/1.1', 'Host: localhost', 'X-Secret: canary'];
    const answer = await sendRaw(world.api.address, rawRequest(head));
    expect(answer.status).toBe(405);
    expect(answer.body).not.toContain('canary');
  });

  it('tells nothing about what it is made of', async () => {
    const { headers } = await world.api.call('/nothing');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('after all of that', () => {
  it('is an event for every id that was refused, with what was asked for and why', async () => {
    const [refused] = await world.events('Nightly');
    expect(refused).toMatchObject({ kind: 'backup.refused', source: 'api', request_id: expect.any(String) });
    expect(refused?.reason).toContain('REQUEST_INVALID');
    expect(refused?.actor).toEqual({ kind: 'anonymous', address: '127.0.0.1' });
    const kinds = await world.sql('select kind, count(*)::int as count from event group by kind');
    expect(kinds).toEqual([{ kind: 'backup.refused', count: expect.any(Number) }]);
    expect(kinds[0]?.count).toBeGreaterThan(60);
  });

  it('has made nothing, and works', async () => {
    for (const table of ['backup', 'part', 'operation', 'attempt']) {
      expect(await world.sql(`select * from ${table}`)).toEqual([]);
    }
    expect(await world.snapshots()).toEqual([]);
    expect((await world.api.post('a'.repeat(220))).status).toBe(200);
    await world.api.untilState('a'.repeat(220), 'COMPLETED');
  });
});

afterAll(() => {
  expect(world.api.errors()).toBe('');
});
