import type { Engine } from '../port.ts';
import { type Answer, answeringEngine, type SentRequest } from './answering.fixture.ts';

/** What every request says of the master where the adapter is connected as here. */
export const MASTER = { master_timeout: '1500ms' };
export const LENIENT = { ignore_unavailable: 'true', allow_no_indices: 'true', expand_wildcards: 'all' };

/** What `call` sends to an engine that gives these answers, and what it resolves with. */
export const sending = async <T>(answers: readonly Answer[], call: (engine: Engine) => Promise<T>) => {
  const { engine, requests, close } = await answeringEngine(answers, 1_500);
  try {
    return { result: await call(engine), requests };
  } finally {
    await close();
  }
};

/** What `call` sends before it is rejected, and with what. */
export const failing = (answers: readonly Answer[], call: (engine: Engine) => Promise<unknown>) =>
  sending(answers, (engine) =>
    call(engine).then(
      (result) => Promise.reject(new Error(`It did not fail: ${JSON.stringify(result)}`)),
      (error: unknown) => error,
    ),
  );

/** Requests of one moment, in an order of their own. */
export const byLine = (requests: readonly SentRequest[]): readonly SentRequest[] =>
  [...requests].sort((one, other) => (one.line < other.line ? -1 : 1));

/** An index in a cluster state, and where its primary shards are. */
export const stateOf = (
  indices: Readonly<Record<string, { readonly open?: boolean; readonly blocks?: object; readonly shards?: string[] }>>,
) => ({
  metadata: {
    indices: Object.fromEntries(
      Object.entries(indices).map(([name, { open = true, blocks = {} }]) => [
        name,
        { state: open ? 'open' : 'close', settings: { index: { uuid: `u-${name}`, blocks } } },
      ]),
    ),
  },
  routing_table: {
    indices: Object.fromEntries(
      Object.entries(indices).map(([name, { shards = ['STARTED'] }]) => [
        name,
        { shards: Object.fromEntries(shards.map((state, shard) => [shard, [{ primary: true, shard, state }]])) },
      ]),
    ),
  },
});
