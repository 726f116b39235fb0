import { z } from 'zod';

/** Below /actuator/health. */
export const Liveness = z.strictObject({ status: z.literal('UP') }).meta({ id: 'Liveness' });

/** OUT_OF_SERVICE: the process drains before it stops. */
const HealthStatus = z.enum(['UP', 'DEGRADED', 'DOWN', 'OUT_OF_SERVICE']);
const PartStatus = z.enum(['UP', 'WARN', 'DOWN']);

const componentsOf = <Part extends z.ZodType>(part: Part) =>
  z.strictObject({
    postgresql: part,
    redis: part,
    engine: part,
    repository: part,
    /** WARN: it was rolled back. */
    history: part,
    /** WARN: suspended ones wait for an operator. */
    operations: part,
  });

export const Readiness = z
  .strictObject({
    status: HealthStatus,
    components: componentsOf(z.strictObject({ status: PartStatus, reason: z.string().optional() })),
  })
  .meta({ id: 'Readiness' });

/** The same in Spring Boot's shape: a reason stands below `details`. */
export const Health = z
  .strictObject({
    status: HealthStatus,
    /** Each has a path below /actuator/health. */
    groups: z.array(z.enum(['liveness', 'readiness'])),
    components: componentsOf(
      z.strictObject({ status: PartStatus, details: z.strictObject({ reason: z.string() }).optional() }),
    ),
  })
  .meta({ id: 'Health' });
