import { z } from 'zod';
import { ROLES } from '../domain/identity/role.ts';
import { Actor } from './operations.ts';

/** Who sends the request: GET /api/v1/caller. */
export const Caller = z
  .strictObject({
    actor: Actor.meta({ description: 'Who the request comes from, as events record it.' }),
    role: z.enum(ROLES).meta({
      description: 'What the caller may do: each role includes those before it in this list.',
      example: 'operator',
    }),
  })
  .meta({ id: 'Caller', description: 'Who sends the request, and with which role.' });
export type Caller = z.infer<typeof Caller>;
