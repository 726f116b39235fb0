import { inMemoryEngine } from '@tandem/engine/in-memory.ts';
import type { Logger } from '@tandem/runtime/logger.ts';
import { rehearsalPrefix } from '@tandem/shared/domain/rehearsal.ts';
import { expect, it } from 'vitest';
import { removeRehearsals } from './remove-rehearsals.ts';

const ENDED = '0198c0de-7000-7000-8000-00000000000a';
const OPEN = '0198c0de-7000-7000-8000-00000000000b';
const nothing = () => undefined;

it('removes what an ended rehearsal restored late, and nothing of one that is open or of anybody else', async () => {
  const engine = inMemoryEngine();
  const late = `${rehearsalPrefix(ENDED)}-optimize-alert_v4`;
  const kept = [`${rehearsalPrefix(OPEN)}-optimize-alert_v4`, 'tandem-rehearsal', 'optimize-alert_v4'];
  for (const name of kept) engine.createIndex(name);
  engine.createIndex(late, 0, { settings: { 'index.blocks.read_only': 'true', 'index.blocks.metadata': 'true' } });
  const told: unknown[] = [];
  const removed = await removeRehearsals({
    history: {
      endedRehearsals: async () => [{ operationId: ENDED, state: 'SUCCEEDED' }],
      appendEvents: async (events) => void told.push(...events),
    },
    engine,
    actor: { kind: 'system', name: 'worker' },
    log: { warn: nothing } as unknown as Logger,
    withinMs: 1_000,
  });
  expect(removed).toBe(1);
  expect((await engine.describeIndices([late, ...kept])).map(({ name }) => name)).toEqual([...kept].sort());
  expect(told).toMatchObject([{ kind: 'index.removed', after: { operationId: ENDED, indices: [late] } }]);
});
