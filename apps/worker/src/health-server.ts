import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JobHandler } from '@tandem/queue/port.ts';
import { OPERATION_KINDS, type OperationKind } from '@tandem/shared/domain/operation/operation.ts';
import { END_STATES } from '@tandem/shared/domain/operation/operation-state.ts';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { OnRecorded } from './tick.ts';

/** Liveness and metrics of the worker, for monitoring: GET /actuator/health, its group liveness, and /actuator/prometheus. */
export type HealthServer = {
  /** Resolves with the port; rejects if it is in use. */
  readonly listen: (port: number, host: string) => Promise<number>;
  /** Wraps the handler to measure its ticks. */
  readonly measured: (handler: JobHandler) => JobHandler;
  /** Counts attempts and ends of operations. */
  readonly recorded: OnRecorded;
  /** Counts an unexpected error, by the kind of its operation. */
  readonly unexpected: (kind: OperationKind) => void;
  /** The Prometheus text. */
  readonly metrics: () => Promise<string>;
  readonly close: () => Promise<void>;
};

export const createHealthServer = (): HealthServer => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const ticks = new Histogram({
    name: 'tandem_tick_duration_seconds',
    help: 'Duration of a tick, by outcome.',
    labelNames: ['outcome'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const ends = new Counter({
    name: 'tandem_operations_ended_total',
    help: 'Operations that this worker ended, by kind and state.',
    labelNames: ['kind', 'state'],
    registers: [registry],
  });
  // a series that starts at 1 shows no increase
  for (const kind of OPERATION_KINDS) for (const state of END_STATES) ends.inc({ kind, state }, 0);
  const attempts = new Counter({
    name: 'tandem_attempts_total',
    help: 'Attempts that this worker recorded, by kind and failure code; none: it succeeded.',
    labelNames: ['kind', 'code'],
    registers: [registry],
  });
  const unexpected = new Counter({
    name: 'tandem_unexpected_errors_total',
    help: 'Tries that ended in an unexpected error, by the kind of the operation. The log has each under its reference.',
    labelNames: ['kind'],
    registers: [registry],
  });
  const answers: Readonly<Record<string, (response: ServerResponse) => Promise<unknown>>> = {
    '/actuator/health': async (response) => json(response, 200, { status: 'UP', groups: ['liveness'] }),
    '/actuator/health/liveness': async (response) => json(response, 200, { status: 'UP' }),
    '/actuator/prometheus': async (response) =>
      response.setHeader('Content-Type', registry.contentType).end(await registry.metrics()),
  };
  const server = createServer((request, response) => {
    const answer = request.method === 'GET' ? answers[request.url ?? ''] : undefined;
    if (answer === undefined) json(response, 404, { status: 'NOT_FOUND' });
    else answer(response).catch((error: Error) => response.destroy(error));
  });
  // not in the types yet: a client that half-closes after its request still gets a response
  Object.assign(server, { httpAllowHalfOpen: true });
  return {
    listen: async (port, host) => {
      server.listen(port, host);
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    },
    measured: (handler) => async (job) => {
      const end = ticks.startTimer();
      try {
        const outcome = await handler(job);
        end({ outcome: outcome.next });
        return outcome;
      } catch (error) {
        end({ outcome: 'error' });
        throw error;
      }
    },
    recorded: (kind, { attempt, outcome }) => {
      if (attempt !== undefined) attempts.inc({ kind, code: attempt.reason?.code ?? 'none' });
      if (outcome.do === 'end') ends.inc({ kind, state: outcome.state });
    },
    metrics: () => registry.metrics(),
    unexpected: (kind) => unexpected.inc({ kind }),
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const json = (response: ServerResponse, status: number, body: object): void =>
  void response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
