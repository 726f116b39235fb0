import { type EngineOptions, startEngine } from './start-engine.ts';

/** An Elasticsearch, for callers that use no other engine. Without a requested kind, the first JDK found decides its version. */
export const startElasticsearch = (options: EngineOptions) => startEngine(options);
