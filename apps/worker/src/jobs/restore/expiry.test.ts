import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { describe, expect, it } from 'vitest';
import { EXPIRY_MS, inPlace, RESTORE, setUp } from './restore.fixture.ts';

describe('a restore that makes no progress', () => {
  it('expires where no worker claimed it for too long, and touches nothing', async () => {
    const { engine, forget, begin, pass, toTheEnd, restore } = await setUp();
    forget();
    await begin(inPlace);
    pass(EXPIRY_MS + 1);
    await toTheEnd(RESTORE);
    const message = expect.stringContaining('Create a new plan');
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_EXPIRED', message } });
    expect(engine.calls.filter(({ method }) => method === 'startRestore')).toEqual([]);
  });

  it('expires while it fails before its first write', async () => {
    const { engine, begin, pass, toTheEnd, restore, history } = await setUp();
    await begin({ ...inPlace, deleteExisting: true });
    const away = fail('ENGINE_UNREACHABLE', 'It is away.');
    await toTheEnd(RESTORE, (ticks) => {
      if (ticks === 1) {
        for (let tries = 0; tries < 2; tries += 1) engine.failNext('describeIndices', away);
      }
      if (ticks > 1) pass(EXPIRY_MS * 0.6);
      return undefined;
    });
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_EXPIRED' } });
    expect(engine.calls.filter(({ method }) => method === 'deleteIndices')).toEqual([]);
    const codes = (await history.attemptsOf(RESTORE)).map(({ reason }) => reason?.code);
    expect(codes).toEqual(['ENGINE_UNREACHABLE', 'ENGINE_UNREACHABLE', 'RESTORE_EXPIRED']);
  });

  it('does not expire once it has deleted', async () => {
    const { engine, begin, pass, toTheEnd, restore } = await setUp();
    await begin({ ...inPlace, deleteExisting: true });
    let waited = false;
    await toTheEnd(RESTORE, () => {
      const isDeleted = engine.calls.some(({ method }) => method === 'deleteIndices');
      if (isDeleted && !waited) pass(2 * EXPIRY_MS);
      waited ||= isDeleted;
      return undefined;
    });
    expect(waited).toBe(true);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED' });
  });
});
