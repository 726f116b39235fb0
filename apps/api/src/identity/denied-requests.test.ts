import type { EventHistory } from '@tandem/history/ports/events.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { deniedRequests } from './denied-requests.ts';

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-30T12:00:00Z') }));
afterEach(() => void vi.useRealTimers());

type Written = Parameters<EventHistory['appendEvents']>[0][number];

const recorder = () => {
  const written: Written[] = [];
  const counted: string[] = [];
  let isAway = false;
  const denied = deniedRequests({
    history: {
      appendEvents: async (events) => {
        if (isAway) throw new Error('away');
        written.push(...events);
      },
    },
    onDenied: (code) => counted.push(code),
    log: { warn: () => undefined } as unknown as Logger,
    now: () => new Date(),
  });
  return {
    ...{ written, counted, denied },
    away: (now: boolean) => {
      isAway = now;
    },
  };
};

const unauthenticated = fail('UNAUTHENTICATED', 'not accepted');
const forbidden = fail('FORBIDDEN', 'needs restorer');
const at = (address: string): Actor => ({ kind: 'anonymous', address });
const context = (actor: Actor, requestId = 'r1') => ({ actor, requestId });

it('writes one event a minute for each address and reason, with their number', async () => {
  const { denied, written, counted } = recorder();
  denied.note(unauthenticated, context(at('192.0.2.1')), '/api/v1/backups');
  await vi.advanceTimersByTimeAsync(20_000);
  denied.note(unauthenticated, context(at('192.0.2.1'), 'r2'), '/api/v1/operations');
  denied.note(unauthenticated, context(at('192.0.2.2'), 'r3'), '/api/v1/backups');
  expect(written).toEqual([]);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(written).toEqual([
    {
      kind: 'access.denied',
      actor: at('192.0.2.1'),
      source: 'api',
      requestId: 'r1',
      backupId: undefined,
      reason: 'UNAUTHENTICATED: 2 requests within a minute',
      after: {
        ...{ code: 'UNAUTHENTICATED', count: 2 },
        ...{ firstAt: '2026-11-30T12:00:00.000Z', lastAt: '2026-11-30T12:00:20.000Z' },
        routes: ['/api/v1/backups', '/api/v1/operations'],
      },
    },
    expect.objectContaining({ actor: at('192.0.2.2'), reason: 'UNAUTHENTICATED: 1 request within a minute' }),
  ]);
  expect(counted).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(written).toHaveLength(2);
});

it('names the actor where it is known', async () => {
  const { denied, written } = recorder();
  const key: Actor = { kind: 'api-key', id: 'tdm_4f9a2c7b', name: 'ci', address: '192.0.2.1' };
  denied.note(forbidden, context(key), '/api/v1/restores');
  await denied.close();
  expect(written).toMatchObject([{ actor: key, after: { code: 'FORBIDDEN', routes: ['/api/v1/restores'] } }]);
});

it('counts on while PostgreSQL is away, and writes when it is back', async () => {
  const { denied, written, away } = recorder();
  away(true);
  denied.note(unauthenticated, context(at('192.0.2.1')), '/a');
  await vi.advanceTimersByTimeAsync(60_000);
  denied.note(unauthenticated, context(at('192.0.2.1')), '/a');
  away(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(written).toMatchObject([{ after: { count: 2, firstAt: '2026-11-30T12:00:00.000Z' } }]);
});

it('counts the addresses of one IPv6 network together, as the limits do', async () => {
  const { denied, written } = recorder();
  for (let nth = 1; nth <= 300; nth += 1)
    denied.note(unauthenticated, context(at(`2001:db8:0:1::${nth.toString(16)}`)), '/a');
  await denied.close();
  expect(written).toMatchObject([{ actor: at('2001:db8:0:1::1'), after: { count: 300 } }]);
});

it('holds a bounded number of addresses, and counts the others together', async () => {
  const { denied, written } = recorder();
  for (let nth = 0; nth < 5_000; nth += 1)
    denied.note(unauthenticated, context(at(`10.0.${nth >> 8}.${nth & 255}`)), '/a');
  await denied.close();
  expect(written.length).toBeLessThan(510);
  const total = written.reduce((sum, { after }) => sum + (after as { count: number }).count, 0);
  expect(total).toBe(5_000);
  expect(written.at(-1)).toMatchObject({ actor: at('other addresses'), after: { count: 4_500 } });
});
