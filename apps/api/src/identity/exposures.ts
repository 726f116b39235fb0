import type { Settings } from '@tandem/runtime/settings/settings-catalogue.ts';
import { isLoopbackHost } from '@tandem/shared/domain/address/loopback-host.ts';
import type { Exposure } from './auth-mode.ts';

/** management: MANAGEMENT_PORT, if there is one. */
export type Port = 'main' | 'management';

/** What a port serves: /actuator, and everything else. */
export type Exposures = Readonly<Record<Port, Readonly<Record<'api' | 'actuator', Exposure>>>>;

export type ExposureSettings = Pick<
  Settings,
  'host' | 'authMode' | 'actuatorAuth' | 'managementPort' | 'managementHost'
> &
  Partial<Pick<Settings, 'bootstrapAdminKey'>>;

/** `hasIssuer`: whether access tokens or client certificates are accepted. */
export const exposures = (settings: ExposureSettings, hasIssuer: boolean): Exposures => {
  const { authMode, actuatorAuth = authMode, bootstrapAdminKey } = settings;
  // until PostgreSQL is there to adopt it nobody is let in
  const hasOthers = hasIssuer || bootstrapAdminKey !== undefined;
  const at = (host: string) => ({
    api: { chosen: authMode, loopback: isLoopbackHost(host), hasIssuer: hasOthers },
    actuator: { chosen: actuatorAuth, loopback: isLoopbackHost(host), hasIssuer: hasOthers },
  });
  return { main: at(settings.host), management: at(settings.managementHost) };
};

/** Whether a port is open only as long as there is no key, so that the API has to ask again and again. */
export const dependsOnKeys = ({ main, management }: Exposures): boolean =>
  [main.api, main.actuator, management.api, management.actuator].some(
    ({ chosen, hasIssuer }) => chosen === undefined && !hasIssuer,
  );
