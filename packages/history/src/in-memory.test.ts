import { describeHistory } from './conformance.ts';
import { inMemoryHistory } from './in-memory.ts';

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
