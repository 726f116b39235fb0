import type { Engine } from './engine.ts';

/** The Optimize that the small data claims to be. */
export const VERSION = '3.9.0';

export const importIndices = (prefix: string): readonly string[] =>
  ['import-index_v3', 'position-based-import-index_v3', 'timestamp-based-import-index_v5'].map(
    (name) => `${prefix}-${name}`,
  );

export const otherIndices = (prefix: string): readonly string[] =>
  ['dashboard_v6', 'metadata_v7', 'process-instance-invoice_v8'].map((name) => `${prefix}-${name}`);

/** Six indices in place of Optimize's forty, where a test needs no more: each with an alias and a document. */
export const putSmallOptimize = async (engine: Engine, prefix: string): Promise<void> => {
  const indices = [...importIndices(prefix), ...otherIndices(prefix)];
  await Promise.all(
    indices.map((index) => engine.createIndex(index, { aliases: { [index.replace(/_v\d+$/, '')]: {} } })),
  );
  const lines = indices.flatMap((index) => {
    const source = index.includes('-metadata_v') ? { schemaVersion: VERSION, installationId: 'e2e' } : { of: index };
    return [JSON.stringify({ index: { _index: index, _id: '1' } }), JSON.stringify(source)];
  });
  await engine.call('POST', '_bulk?refresh=true', `${lines.join('\n')}\n`);
};
