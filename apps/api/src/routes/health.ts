import { healthDocs } from '../docs/health-docs.ts';
import type { Readiness } from '../health/readiness.ts';
import { springHealth } from '../health/spring-health.ts';
import type { Route } from '../http/route.ts';
import { plainRoute } from '../http/route.ts';

/** Liveness: the process answers. Readiness: 503 before a stop and without PostgreSQL alone, since the history can be read without the others. */
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
