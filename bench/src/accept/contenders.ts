import { fileURLToPath } from 'node:url';
import { OPTIMIZE_VERSION } from '../engine/parts-by-hand.ts';
import type { BenchStack, Progress } from '../stack/bench-stack.ts';
import { startProgram } from '../stack/program.ts';
import { type Server, startApi } from '../stack/tandem-process.ts';
import { REPOSITORY } from './optimize-engine.ts';

export const CONTENDERS = ['tandem', 'naive', 'tandemNoEngine', 'naiveNoEngine', 'bare'] as const;
export type Contender = (typeof CONTENDERS)[number];

export const labels: Readonly<Record<Contender, string>> = {
  tandem: 'Tandem, engine calls to a stub',
  naive: 'naive, engine calls to a stub',
  tandemNoEngine: 'Tandem, no engine calls',
  naiveNoEngine: 'naive, no engine calls',
  bare: 'bare Node, does nothing',
};

const program = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Every contender in a process of its own, on the same PostgreSQL and Redis. */
export const startContenders = async (
  bench: BenchStack,
  progress: Progress,
): Promise<{ readonly stub: Server; readonly servers: Readonly<Record<Contender, Server>> }> => {
  const start = (name: string, file: string, settings: NodeJS.ProcessEnv = {}) =>
    startProgram(bench, { name, file: program(file), env: { ...bench.environment, ...settings } });
  const stub = await start('stub-engine', './stub-engine.ts');
  const viaStub = { ELASTICSEARCH_URL: stub.url };
  const tandem = {
    ...viaStub,
    CAMUNDA_OPTIMIZE_VERSION: OPTIMIZE_VERSION,
    CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: REPOSITORY,
  };
  // its own prefix: with one queue the contenders would help each other
  const ownQueue = { REDIS_PREFIX: '{tandem-from-memory}' };
  const servers = {
    tandem: await startApi(bench, tandem, progress),
    naive: await start('naive', './naive-server.ts', viaStub),
    tandemNoEngine: await start('tandem-from-memory', './tandem-from-memory.ts', { ...tandem, ...ownQueue }),
    naiveNoEngine: await start('naive-no-engine', './naive-server.ts'),
    bare: await start('bare', './bare-server.ts'),
  };
  return { stub, servers };
};
