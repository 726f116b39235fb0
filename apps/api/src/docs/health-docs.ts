import { Health, Liveness, Readiness } from '@tandem/shared/contract/health.ts';
import { z } from 'zod';
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
    summary: "Readiness in Spring Boot's shape",
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
    summary: 'Whether the process answers',
    answers: { 200: json('It does.', Liveness, up) },
    failures: [],
  },
  readiness: {
    id: 'readReadiness',
    tag: 'Health',
    summary: 'Whether what it depends on answers',
    description:
      'Without PostgreSQL it is DOWN; without one of the others, or after a rollback of its database that nobody has acknowledged, DEGRADED, since the history can be read. OUT_OF_SERVICE: the process drains before it stops (`DRAIN_TIME`).',
    answers: {
      200: json('UP or DEGRADED.', Readiness, {
        status: 'UP',
        components: { postgresql: up, redis: up, engine: up, repository: up, history: up, operations: up },
      }),
      503: json('DOWN or OUT_OF_SERVICE.', Readiness, {
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
    answers: {
      200: content(
        'text/plain',
        'The text format of Prometheus.',
        z.string(),
        '# HELP tandem_backups Not deleted backups by state as last seen.\n# TYPE tandem_backups gauge\ntandem_backups{state="COMPLETED"} 412\n',
      ),
    },
    failures: [],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;
