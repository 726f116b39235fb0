import { z } from 'zod';
import { ROLES } from '../domain/identity/role.ts';
import { time } from './fields.ts';

/** Sessions of browsers: the routes below /ui. */

export const NewSession = z.strictObject({
  apiKey: z
    .string({ error: 'must be an API key' })
    .min(1, 'must not be empty')
    .max(500, 'must be an API key')
    .meta({ description: 'A valid API key.', example: 'tdm_4f9a2c7b_…' }),
});

export const Session = z
  .strictObject({
    name: z.string().meta({ description: 'The name of the key.', example: 'nightly' }),
    role: z.enum(ROLES).meta({ description: 'Its role.', example: 'operator' }),
    expiresAt: time.meta({ description: 'When the session ends at the latest.' }),
  })
  .meta({ id: 'Session', description: 'A session of a browser, whose cookie the response sets.' });

export const SessionEnd = z.strictObject({});

export const SessionEnded = z
  .strictObject({
    continueAt: z.string().nullable().meta({
      description: 'A page of the issuer, where its own session ends. Null: there is none.',
      example: 'https://sso.example.com/realms/platform/protocol/openid-connect/logout',
    }),
  })
  .meta({ id: 'SessionEnded', description: 'The session has ended here.' });

export const LoginQuery = z.strictObject({
  to: z.string().optional().meta({
    description: 'The page below /ui or /docs to continue with. Any other address is ignored.',
    example: '/ui/login',
  }),
});

export const LoginFile = z.strictObject({
  file: z.string().meta({ description: 'The name of the file.', example: 'login.js' }),
});

/** What the issuer adds depends on the issuer. */
export const Returned = z
  .object({
    code: z
      .string()
      .optional()
      .meta({ description: 'What the session is exchanged for at the issuer.', example: 'SplxlOBe' }),
    state: z.string().optional().meta({ description: 'As it was sent to the issuer.', example: 'af0ifjsldkj' }),
    error: z.string().optional().meta({ description: 'Why the login failed.', example: 'access_denied' }),
  })
  .catchall(z.string());
