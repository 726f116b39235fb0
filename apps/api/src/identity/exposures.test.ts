import { expect, it } from 'vitest';
import { authMode } from './auth-mode.ts';
import { dependsOnKeys, type ExposureSettings, exposures } from './exposures.ts';

const settings = (chosen: Partial<ExposureSettings>): ExposureSettings => ({
  ...{ host: '127.0.0.1', managementHost: '127.0.0.1', managementPort: undefined },
  ...{ authMode: undefined, actuatorAuth: undefined },
  ...chosen,
});

it.each([
  ['nothing is chosen', {}, false, true],
  ['an operator chose the mode', { authMode: 'open' }, false, false],
  ['an operator chose that of /actuator alone', { actuatorAuth: 'open' }, false, true],
  ['tokens are accepted', {}, true, false],
] as const)('asks for keys again and again, or not: %s', (_, chosen, hasIssuer, asks) => {
  expect(dependsOnKeys(exposures(settings(chosen), hasIssuer))).toBe(asks);
});

it('is not open before the bootstrap key is adopted, which waits for PostgreSQL', () => {
  const { main, management } = exposures(settings({ bootstrapAdminKey: 'tdm_…' }), false);
  for (const exposure of [main.api, main.actuator, management.actuator])
    expect(authMode(exposure, false)).toBe('required');
});

it('serves /actuator as the API, unless an operator chose otherwise', () => {
  expect(exposures(settings({ authMode: 'required' }), false).main.actuator.chosen).toBe('required');
  const { api, actuator } = exposures(settings({ authMode: 'required', actuatorAuth: 'open' }), false).main;
  expect([api.chosen, actuator.chosen]).toEqual(['required', 'open']);
});
