import type { StoredEvent } from '@tandem/history/ports/events.ts';
import { expect, it } from 'vitest';
import type { RequestContext } from '../../http/route.ts';
import { type BackupRoutes, backupRoutes } from '../../routes/backups.ts';

const stored = (id: number): StoredEvent => ({
  id: String(id),
  at: new Date(0),
  backupId: 'nightly',
  kind: 'part.succeeded',
  actor: { kind: 'system', name: 'worker' },
  source: 'worker',
  ...{ reason: undefined, requestId: undefined, before: undefined, after: undefined },
});
const EVENTS = Array.from({ length: 501 }, (_, at) => stored(at + 1));

const deps = {
  history: {
    eventsAfter: async (_: string, after: string, limit: number) =>
      EVENTS.filter(({ id }) => BigInt(id) > BigInt(after)).slice(0, limit),
  },
  hub: { until: async () => undefined },
} as unknown as BackupRoutes;

const stream = async (signal: AbortSignal) => {
  const route = backupRoutes(deps).find(({ path }) => path.endsWith('/:backupId/events'));
  const answer = await route?.handle({ backupId: 'nightly', stream: '', limit: 50 }, { signal } as RequestContext);
  if (answer?.stream === undefined) throw new Error('No stream was answered.');
  return { ...answer, stream: answer.stream };
};

it('tells nginx to pass each event on as it comes', async () => {
  expect((await stream(AbortSignal.abort())).headers).toMatchObject({ 'X-Accel-Buffering': 'no' });
});

it('sends what there is to a client that cannot be waited for, and ends', async () => {
  const parts: string[] = [];
  for await (const part of (await stream(AbortSignal.abort())).stream) parts.push(part);
  expect(parts[0]).toMatch(/^retry:/);
  expect(parts.slice(1).map((part) => /^id: (\d+)$/m.exec(part)?.[1])).toEqual(EVENTS.map(({ id }) => id));
});
