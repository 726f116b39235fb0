import { inMemorySharedCounts } from '@tandem/queue/in-memory/shared-counts.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { access } from '../access.ts';
import type { GatedRoute } from '../gate.ts';
import { isCounted, UNCOUNTED } from './counted-routes.ts';
import { type RequestLimitsOptions, requestLimits } from './request-limits.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const limitsWith = (options: Partial<RequestLimitsOptions> = {}) =>
  requestLimits({ rateLimit: 3, authFailureLimit: 2, shared: inMemorySharedCounts(), ...options });
const row = (method: GatedRoute['method'], path: string, id: string): GatedRoute => ({ method, path, docs: { id } });
const search = row('get', '/api/v1/backups', 'searchBackups');
const key = (id: string): Actor => ({ kind: 'api-key', id, name: 'ci', address: '192.0.2.1' });
const outcome = (sent: Promise<void>) =>
  sent.then(
    () => 'accepted',
    ({ code, message, data }) => ({ code, message, data }),
  );

describe('RATE_LIMIT', () => {
  it('refuses what a caller sends beyond it, until the minute is over', async () => {
    const limits = limitsWith();
    const send = () => outcome(limits.accepted({ actor: key('tdm_1'), role: 'viewer' }, search));
    expect([await send(), await send(), await send()]).toEqual(['accepted', 'accepted', 'accepted']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await send()).toEqual({
      code: 'TOO_MANY_REQUESTS',
      message: expect.stringMatching(/^Key ci \(tdm_1\) may send 3 requests a minute/),
      data: { retryAfterSeconds: expect.any(Number) },
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await send()).toBe('accepted');
  });

  it.each<[string, Actor, Actor]>([
    ['keys', key('tdm_1'), key('tdm_2')],
    [
      'subjects of different issuers',
      { kind: 'oidc', id: 'a', name: 'a', issuer: 'https://one', address: '192.0.2.1' },
      { kind: 'oidc', id: 'a', name: 'a', issuer: 'https://two', address: '192.0.2.1' },
    ],
    ['addresses', { kind: 'anonymous', address: '192.0.2.1' }, { kind: 'anonymous', address: '192.0.2.2' }],
    ['networks', { kind: 'anonymous', address: '2001:db8:0:1::1' }, { kind: 'anonymous', address: '2001:db8:0:2::1' }],
  ])('counts %s apart', async (_, one, other) => {
    const limits = limitsWith({ rateLimit: 1 });
    expect(await outcome(limits.accepted({ actor: one, role: 'viewer' }, search))).toBe('accepted');
    expect(await outcome(limits.accepted({ actor: other, role: 'viewer' }, search))).toBe('accepted');
    expect(await outcome(limits.accepted({ actor: one, role: 'viewer' }, search))).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    });
  });

  it('counts all addresses of an IPv6 network together', async () => {
    const limits = limitsWith({ rateLimit: 1 });
    const from = (address: string) =>
      outcome(limits.accepted({ actor: { kind: 'anonymous', address }, role: 'viewer' }, search));
    expect(await from('2001:db8::1')).toBe('accepted');
    expect(await from('2001:db8::2')).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });

  it('of 0 is none', async () => {
    const limits = limitsWith({ rateLimit: 0 });
    for (let nth = 0; nth < 1_000; nth += 1) {
      await limits.accepted({ actor: key('tdm_1'), role: 'viewer' }, search);
    }
  });
});

describe('AUTH_FAILURE_LIMIT', () => {
  it('refuses what fails beyond it, with the time to wait, and only at that address', async () => {
    const limits = limitsWith();
    expect([await outcome(limits.failed('192.0.2.1')), await outcome(limits.failed('192.0.2.1'))]).toEqual([
      'accepted',
      'accepted',
    ]);
    expect(await outcome(limits.failed('192.0.2.1'))).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      data: { retryAfterSeconds: 60 },
    });
    expect(await outcome(limits.failed('192.0.2.2'))).toBe('accepted');
  });

  it('does not count against valid credentials of the same address', async () => {
    const limits = limitsWith();
    for (let nth = 0; nth < 20; nth += 1) await outcome(limits.failed('192.0.2.1'));
    expect(await outcome(limits.accepted({ actor: key('tdm_1'), role: 'viewer' }, search))).toBe('accepted');
  });

  it('of 0 is none', async () => {
    const limits = limitsWith({ authFailureLimit: 0 });
    for (let nth = 0; nth < 100; nth += 1) await limits.failed('192.0.2.1');
  });
});

describe('what counts', () => {
  it.each([
    [row('get', '/api/v1/backups', 'searchBackups'), true],
    [row('post', '/actuator/backups', 'triggerBackup'), true],
    [row('get', '/actuator/backups', 'listNumberedBackups'), false],
    [row('get', '/actuator/prometheus', 'readMetrics'), false],
    [row('get', '/api/v1/backups/{backupId}/events', 'listBackupEvents'), false],
  ])('%o: %s', (route, counts) => expect(isCounted(route)).toBe(counts));

  it('names only routes that exist', () =>
    expect([...UNCOUNTED].filter((id) => !Object.hasOwn(access, id))).toEqual([]));
});
