import { z } from 'zod';

/** Below /actuator/health. */
export const Liveness = z.strictObject({ status: z.literal('UP') }).meta({ id: 'Liveness' });

const PartHealth = z.strictObject({ status: z.enum(['UP', 'WARN', 'DOWN']), reason: z.string().optional() });

export const Readiness = z
  .strictObject({
    status: z.enum(['UP', 'DEGRADED', 'DOWN']),
    components: z.strictObject({
      postgresql: PartHealth,
      redis: PartHealth,
      engine: PartHealth,
      repository: PartHealth,
      /** WARN: it was rolled back. */
      history: PartHealth,
      /** WARN: suspended ones wait for an operator. */
      operations: PartHealth,
    }),
  })
  .meta({ id: 'Readiness' });
