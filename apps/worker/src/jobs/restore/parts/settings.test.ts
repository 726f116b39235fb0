import type { IndexEngine } from '@tandem/engine/index-port.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { RestoreRequest } from '@tandem/shared/domain/restore/plan/plan-facts.ts';
import type { IndexBlock } from '@tandem/shared/domain/restore/run/index-blocks.ts';
import { describe, expect, it } from 'vitest';
import { ALERTS, actor, inPlace, RESTORE, rehearsal, setUp } from '../restore.fixture.ts';

/** The alerts have these blocks when they are saved. */
const saving = (...blocks: readonly IndexBlock[]) => ({
  prepare: async (engine: Pick<IndexEngine, 'setIndexBlock'>) => {
    for (const block of blocks) await engine.setIndexBlock([ALERTS], block, 'set');
  },
});

describe('a rehearsal', () => {
  it.each([['metadata'], ['read_only'], ['write', 'read']] as const)(
    'of an index that was saved with the block %s ends, and leaves nothing',
    async (...blocks) => {
      const { engine, begin, toTheEnd, restore, indices } = await setUp(saving(...blocks));
      await begin(rehearsal);
      await toTheEnd(RESTORE);
      expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { indices: 2, differing: 0 } });
      expect(await indices('tandem-rehearsal-1')).toEqual([]);
      expect(await engine.indexRecoveries([ALERTS])).toMatchObject([{ blocks }]);
    },
  );

  it.each([true, false])('removes its copy whatever blocks it carries by then; stopped: %s', async (isStopped) => {
    const { history, engine, begin, toTheEnd, indices, restore } = await setUp();
    await begin(rehearsal);
    let isBlocked = false;
    await toTheEnd(RESTORE, () => {
      const [copy] = engine.restoring();
      if (copy === undefined || isBlocked) return undefined;
      isBlocked = true;
      for (const block of ['read_only', 'metadata'] as const) void engine.setIndexBlock([copy], block, 'set');
      if (isStopped) void history.stopRestore(RESTORE, { actor, reason: 'enough', requestId: undefined });
      return undefined;
    });
    expect(isBlocked).toBe(true);
    expect((await restore()).state).toBe(isStopped ? 'CANCELLED' : 'FAILED');
    expect(await indices('tandem-rehearsal-1')).toEqual([]);
    const { calls } = engine;
    const lifted = calls.filter(({ method, subject }) => method === 'setIndexBlock' && subject.startsWith('lift'));
    expect(lifted.map(({ subject }) => subject.split(' ')[1])).toEqual(['metadata', 'read_only']);
  });
});

describe('a restore under other names', () => {
  const beside: RestoreRequest = { ...inPlace, rename: { pattern: '^(.+)$', replacement: 'copy-$1' } };

  it('leaves aliases with the live indices, and has everything else as saved but blocks', async () => {
    const { engine, begin, toTheEnd, restore } = await setUp(saving('read_only'));
    const [before] = await engine.describeIndices([ALERTS]);
    await begin(beside);
    await toTheEnd(RESTORE);
    const { state, report } = await restore();
    expect({ state, differing: report?.differing }).toEqual({ state: 'SUCCEEDED', differing: 0 });
    expect(report?.compared).not.toContain('aliases');
    const [live, copy] = await engine.describeIndices([ALERTS, `copy-${ALERTS}`]).then((found) => [...found].reverse());
    expect(live).toEqual(before);
    expect(copy).toEqual({ ...before, name: `copy-${ALERTS}`, uuid: copy?.uuid, aliases: {}, blocks: {} });
  });
});

describe('an index that was saved closed', () => {
  it.each(['closed', 'refused'] as const)(
    'is closed again after the comparison, or the report says why: %s',
    async (ends) => {
      const { engine, forget, begin, toTheEnd, restore } = await setUp({
        prepare: async (engine) => engine.setIndexOpen(ALERTS, false),
      });
      forget();
      await begin(inPlace);
      const refusal = fail('ENGINE_REFUSED', 'a snapshot of it runs', { call: 'closeIndices' });
      if (ends === 'refused') engine.failNext('closeIndices', refusal);
      await toTheEnd(RESTORE);
      const { state, report } = await restore();
      expect(state).toBe('SUCCEEDED');
      expect(report?.notClosed).toEqual(
        ends === 'closed' ? undefined : [{ indices: [ALERTS], reason: 'a snapshot of it runs' }],
      );
      expect(await engine.describeIndices([ALERTS])).toMatchObject([{ open: ends === 'refused' }]);
    },
  );

  it('stays closed where the answer was lost', async () => {
    const { engine, forget, begin, toTheEnd, restore } = await setUp({
      prepare: async (engine) => engine.setIndexOpen(ALERTS, false),
    });
    forget();
    await begin(inPlace);
    engine.failNext('closeIndices', fail('ENGINE_TIMEOUT', 'slow', { call: 'closeIndices' }), 'after');
    await toTheEnd(RESTORE);
    expect((await restore()).state).toBe('SUCCEEDED');
    expect(await engine.describeIndices([ALERTS])).toMatchObject([{ open: false }]);
  });
});
