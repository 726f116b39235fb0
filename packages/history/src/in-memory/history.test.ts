import { expect, it } from 'vitest';
import { claimed, newCreate, operationId, succeeded } from '../conformance/examples.ts';
import { describeHistory } from '../conformance.ts';
import { inMemoryHistory } from './history.ts';

describeHistory('the history in memory', async () => {
  let now = Date.parse('2026-03-01T12:00:00Z');
  const history = inMemoryHistory({ now: () => new Date(now) });
  return {
    history,
    exports: history,
    advance: async (ms) => {
      now += ms;
    },
  };
});

it('goes back to what it was when it was dumped, as often as requested', async () => {
  const history = inMemoryHistory({ now: () => new Date('2026-03-01T12:00:00Z') });
  await history.accept(newCreate(1, 'kept'));
  const putBack = history.dump();
  for (const nth of [2, 3]) {
    await history.accept(newCreate(nth, 'lost'));
    const { revision } = await claimed(history, operationId(1));
    await history.record(operationId(1), revision, succeeded);
    expect(await history.findBackup('kept', undefined)).toMatchObject({ state: 'COMPLETED' });
    putBack();
    expect(await history.findBackup('lost', undefined)).toBeUndefined();
    expect(await history.findBackup('kept', undefined)).toMatchObject({ state: 'IN_PROGRESS' });
    expect((await history.readLine([])).newest).toMatchObject({ id: '1' });
  }
  await history.accept(newCreate(4, 'new'));
  expect((await history.eventsOf('new', 10))[0]).toMatchObject({ id: '2' });
});
