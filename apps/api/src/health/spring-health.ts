import type { Health } from '@tandem/shared/contract/health.ts';
import type { z } from 'zod';
import type { PartHealth, Readiness } from './readiness.ts';

/** Readiness in the format of Spring Boot's health endpoint, which also returns 200 for statuses that Spring does not define. */
export const springHealth = ({ status, components }: Readiness): z.infer<typeof Health> => ({
  status,
  groups: ['liveness', 'readiness'],
  components: {
    postgresql: withDetails(components.postgresql),
    redis: withDetails(components.redis),
    engine: withDetails(components.engine),
    repository: withDetails(components.repository),
    history: withDetails(components.history),
    operations: withDetails(components.operations),
  },
});

const withDetails = ({ status, reason }: PartHealth) => ({
  status,
  ...(reason !== undefined && { details: { reason } }),
});
