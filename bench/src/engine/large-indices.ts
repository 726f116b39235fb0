import { randomBytes } from 'node:crypto';
import type { BenchEngine } from './bench-engine.ts';

/** Two of part 1 and some of part 2, as they are named when an index rolls over or a process definition is imported. */
const shares: Readonly<Record<string, number>> = {
  'optimize-timestamp-based-import-index_v5-000099': 0.06,
  'optimize-position-based-import-index_v3-000099': 0.06,
  'optimize-process-instance-bench-claim_v8': 0.3,
  'optimize-process-instance-bench-invoice_v8': 0.22,
  'optimize-process-instance-bench-onboarding_v8': 0.16,
  'optimize-variable-update-instance_v2-000099': 0.12,
  'optimize-event_v4-000099': 0.08,
};

const DOCUMENT = 64 * 1024;
const BATCH = 96;

/** Base64 of random bytes, cut at a random position: no two documents are alike, and the engine cannot compress them. */
const randomTexts = () => {
  const pool = randomBytes(12 * 1024 * 1024).toString('base64');
  return () => {
    const at = Math.floor(Math.random() * (pool.length - DOCUMENT));
    return pool.slice(at, at + DOCUMENT);
  };
};

/** Documents are only stored, neither indexed nor refreshed: stored fields are what a snapshot copies. */
const definition = {
  settings: { number_of_shards: 1, number_of_replicas: 0, refresh_interval: '-1', 'translog.durability': 'async' },
  mappings: { enabled: false },
};

/** Adds about this many bytes of stored documents, merged and flushed, so that no merge disturbs the measurement. */
export const putLargeIndices = async (engine: BenchEngine, bytes: number): Promise<number> => {
  const text = randomTexts();
  for (const [index, share] of Object.entries(shares)) {
    await engine.call('PUT', index, definition);
    for (let left = Math.ceil((bytes * share) / DOCUMENT); left > 0; left -= BATCH) {
      const lines = Array.from({ length: Math.min(left, BATCH) }, () => `{"index":{}}\n{"text":"${text()}"}\n`);
      const { errors } = (await engine.call('POST', `${index}/_bulk`, lines.join(''))) as { errors: boolean };
      if (errors) throw new Error(`the engine refuses documents for ${index}`);
    }
  }
  await engine.call('POST', 'optimize-*/_forcemerge?max_num_segments=1');
  await engine.call('POST', 'optimize-*/_flush?force=true');
  await engine.call('POST', 'optimize-*/_refresh');
  const { _all } = (await engine.call('GET', 'optimize-*/_stats/store')) as {
    _all: { primaries: { store: { size_in_bytes: number } } };
  };
  return _all.primaries.store.size_in_bytes;
};
