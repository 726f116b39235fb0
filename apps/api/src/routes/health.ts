import { Health, Liveness, Readiness as ReadinessAnswer } from '@tandem/shared/contract/health.ts';
import { z } from 'zod';
import type { Readiness } from '../health/readiness.ts';
import { springHealth } from '../health/spring-health.ts';
import { plainRoute, type Route } from '../http/route.ts';
import { content, json, type RouteDocs } from '../http/route-docs.ts';

const up = { status: 'UP' } as const;
const down = { status: 'DOWN', reason: 'connect ECONNREFUSED 10.0.0.9:5432' } as const;

/** Example components in Spring Boot's shape. */
const springUp = { postgresql: up, redis: up, engine: up, repository: up, history: up, operations: up } as const;
const springDown = { status: 'DOWN', details: { reason: down.reason } } as const;

export const healthDocs = {
  health: {
    id: 'readHealth',
    tag: 'Health',
    summary: 'Readiness in the format of Spring Boot',
    description:
      'The same as `/actuator/health/readiness`, for monitoring that reads the health of Spring Boot applications.',
    answers: {
      200: json('UP or DEGRADED.', Health, { status: 'UP', groups: ['liveness', 'readiness'], components: springUp }),
      503: json('DOWN or OUT_OF_SERVICE.', Health, {
        status: 'DOWN',
        groups: ['liveness', 'readiness'],
        components: { ...springUp, postgresql: springDown, history: springDown, operations: springDown },
      }),
    },
    failures: [],
  },
  liveness: {
    id: 'readLiveness',
    tag: 'Health',
    summary: 'Liveness: whether the process responds',
    description:
      'Depends on nothing else: a failing database does not make it fail. For the liveness probe of Kubernetes.',
    answers: { 200: json('The process responds.', Liveness, up) },
    failures: [],
  },
  readiness: {
    id: 'readReadiness',
    tag: 'Health',
    summary: 'Readiness: whether the services that Tandem depends on respond',
    description:
      'DOWN without PostgreSQL; DEGRADED without one of the others, or after a rollback of the database that is not acknowledged: the history can still be read. OUT_OF_SERVICE: the process drains before it stops (`DRAIN_TIME`).',
    answers: {
      200: json('UP or DEGRADED.', ReadinessAnswer, {
        status: 'UP',
        components: { postgresql: up, redis: up, engine: up, repository: up, history: up, operations: up },
      }),
      503: json('DOWN or OUT_OF_SERVICE.', ReadinessAnswer, {
        status: 'DOWN',
        components: { postgresql: down, redis: up, engine: up, repository: up, history: down, operations: down },
      }),
    },
    failures: [],
  },
  metrics: {
    id: 'readMetrics',
    tag: 'Health',
    summary: 'Metrics for Prometheus',
    description: 'Metrics of this process, and those of the history, which every process reports alike.',
    answers: {
      200: content(
        'text/plain',
        'The text format of Prometheus.',
        z.string(),
        '# HELP tandem_backups Backups that are not deleted, by last seen state.\n# TYPE tandem_backups gauge\ntandem_backups{state="COMPLETED"} 412\n',
      ),
    },
    failures: [],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

/**
 * Liveness: the process responds. Readiness: 503 only before a stop and without PostgreSQL, since the history can be read without the other
 * services.
 */
export const healthRoutes = (readReadiness: () => Promise<Readiness>): readonly Route[] => [
  plainRoute('/actuator/health', healthDocs.health, async () => {
    const readiness = await readReadiness();
    return { status: httpStatus(readiness), body: springHealth(readiness) };
  }),
  plainRoute('/actuator/health/liveness', healthDocs.liveness, async () => ({ status: 200, body: { status: 'UP' } })),
  plainRoute('/actuator/health/readiness', healthDocs.readiness, async () => {
    const body = await readReadiness();
    return { status: httpStatus(body), body };
  }),
];

const httpStatus = ({ status }: Readiness): number => (status === 'DOWN' || status === 'OUT_OF_SERVICE' ? 503 : 200);
