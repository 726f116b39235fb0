import { z } from 'zod';

/** Below /actuator/health. */
export const Liveness = z
  .strictObject({ status: z.literal('UP').meta({ description: 'The process responds.' }) })
  .meta({ id: 'Liveness', description: 'Whether the process is alive.' });

const HealthStatus = z.enum(['UP', 'DEGRADED', 'DOWN', 'OUT_OF_SERVICE']).meta({
  description:
    'UP: everything works. DEGRADED: something does not, and requests are still served. DOWN: requests cannot be served. OUT_OF_SERVICE: the process drains before it stops.',
});
const PartStatus = z.enum(['UP', 'WARN', 'DOWN']).meta({
  description: 'UP: it works. WARN: it needs an operator. DOWN: it does not work.',
});
const reason = z.string().meta({
  description: 'Why it is not UP. Absent: it is.',
  example: 'Redis does not respond.',
});

const componentsOf = <Part extends z.ZodType>(part: Part) =>
  z
    .strictObject({
      postgresql: part.meta({ description: 'The database of the history.' }),
      redis: part.meta({ description: 'The queue.' }),
      engine: part.meta({ description: 'Elasticsearch or OpenSearch.' }),
      repository: part.meta({ description: 'The configured snapshot repository.' }),
      history: part.meta({ description: 'The history. WARN: its database was rolled back.' }),
      operations: part.meta({ description: 'The operations. WARN: suspended ones wait for an operator.' }),
    })
    .meta({ description: 'What Tandem depends on, each with its status.' });

export const Readiness = z
  .strictObject({
    status: HealthStatus,
    components: componentsOf(z.strictObject({ status: PartStatus, reason: reason.optional() })),
  })
  .meta({ id: 'Readiness', description: 'Whether the process can serve requests.' });

/** The same in Spring Boot's shape: a reason stands below `details`. */
export const Health = z
  .strictObject({
    status: HealthStatus,
    groups: z.array(z.enum(['liveness', 'readiness'])).meta({ description: 'Each has a path below /actuator/health.' }),
    components: componentsOf(
      z.strictObject({
        status: PartStatus,
        details: z.strictObject({ reason }).optional().meta({ description: 'Why it is not UP. Absent: it is.' }),
      }),
    ),
  })
  .meta({ id: 'Health', description: "Readiness in Spring Boot's shape." });
