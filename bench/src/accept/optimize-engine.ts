import { optimizeIndices } from '@tandem/local-stack/sample/catalogue.ts';

/** The responses of an engine with a complete Optimize, generated once for the stub and for the in-memory engine. */
export const REPOSITORY = 'bench-accept';
export const REPOSITORY_UUID = 'dGFuZGVtLWJlbmNoLXJlcG8';
export const CLUSTER_UUID = 'dGFuZGVtLWJlbmNoLWNsdXM';
export const ENGINE_VERSION = '9.5.3';
export const INDEX_VERSION = 9_078_000;

export const indices = optimizeIndices('optimize').map(({ index, aliases }) => ({
  name: index,
  aliases: [...aliases],
}));
