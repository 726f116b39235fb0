import type { RequestContext } from '@tandem/api/http/route.ts';
import type { Engine } from '@tandem/engine/port.ts';
import type { History } from '@tandem/history/ports/history.ts';
import type { OperationJob } from '@tandem/queue/port.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { World } from '../scenario/world.ts';
import { newProcess } from './new-process.ts';
import { historyOf, queueOf, readingEngineOf } from './process-ports.ts';

/** An API process with what its use cases are made of. */
export type ApiReplica = {
  readonly engine: Engine;
  readonly history: History;
  readonly newId: () => string;
  readonly announce: () => void;
  readonly enqueue: (job: OperationJob) => void;
  readonly context: RequestContext;
};

/** A request that met a replica of the API which died is a broken connection. */
const RESET = Symbol('connection reset');

/** One request to an API process of its own; rejects also where that process dies. */
export const askReplica = <T>(world: World, name: string, request: (replica: ApiReplica) => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const { random } = world;
    const process = newProcess(world, name, { onDeath: () => reject(RESET) });
    const queue = queueOf(world, process);
    const replica: ApiReplica = {
      engine: readingEngineOf(world, process),
      history: historyOf(world, process),
      newId: () => `operation-${String(random.between(0, 0x7fffffff))}`,
      announce: () => undefined,
      enqueue: (job) =>
        void process.later(random.between(0, 5), () => void queue.enqueue([job]).catch(() => undefined)),
      context: contextOf(name),
    };
    request(replica).then(resolve, reject);
  });

/** Whether the same request may get another response a little later. Anything unforeseen breaks a promise. */
export const mayPass = (world: World, error: unknown): boolean => {
  if (error === RESET) return true;
  if (!isFailure(error)) world.watch.broken('quiet', `a request rejected with ${String(error)}`);
  return isFailure(error) && (error.code === 'HISTORY_UNREACHABLE' || /^(ENGINE|REPOSITORY)_/.test(error.code));
};

const contextOf = (requestId: string): RequestContext => ({
  requestId,
  actor: { kind: 'system', name: 'client' },
  role: 'admin' as const,
  idempotencyKey: undefined,
  lastEventId: undefined,
  signal: new AbortController().signal,
});
