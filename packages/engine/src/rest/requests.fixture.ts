import type { Answer } from './answering.fixture.ts';

export const state = (name: string, isOpen = true) => ({
  metadata: { indices: { [name]: { state: isOpen ? 'open' : 'close', settings: { index: { uuid: `u-${name}` } } } } },
  routing_table: { indices: { [name]: { shards: { 0: [{ primary: true, shard: 0, state: 'STARTED' }] } } } },
});

export const STATE: Answer = ['GET /_cluster/state/metadata,routing_table/', 200, state('optimize-a')];
