import { authMode, type Exposure, isUnsafe } from './auth-mode.ts';
import type { ExposureSettings, Exposures } from './exposures.ts';

type Served = {
  readonly what: string;
  readonly host: string;
  /** What an operator sets to decide it. */
  readonly setting: string;
  readonly exposure: Exposure;
};

/** What is served, and where. */
const served = (
  { host, managementPort, managementHost }: ExposureSettings,
  { main, management }: Exposures,
): readonly [Served, Served] => [
  { what: 'the API', host, setting: 'AUTH_MODE', exposure: main.api },
  managementPort === undefined
    ? { what: '/actuator', host, setting: 'ACTUATOR_AUTH', exposure: main.actuator }
    : { what: '/actuator', host: managementHost, setting: 'ACTUATOR_AUTH', exposure: management.actuator },
];

/** Why the process must not start. `hasKeys` undefined: not known, so every request is refused until it is. */
export const startRefusal = (
  settings: ExposureSettings,
  exposures: Exposures,
  hasKeys: boolean | undefined,
): string | undefined => {
  const unsafe = served(settings, exposures).find(({ exposure }) => isUnsafe(exposure, hasKeys));
  if (unsafe === undefined) return undefined;
  const { what, host, setting } = unsafe;
  return `On ${host} others than this machine would reach ${what}, and nothing authenticates them. Create a key (npm run keys -- create --role admin --name NAME) or set OIDC_ISSUER, then start again; or set ${setting}=required, or ${setting}=open if everyone who reaches the port may take, delete and restore backups.`;
};

/** What an operator should know about who is let in. */
export const startWarning = (
  settings: ExposureSettings,
  exposures: Exposures,
  hasKeys: boolean | undefined,
): readonly string[] => {
  const [api, actuator] = served(settings, exposures);
  const isOpen = ({ exposure }: Served) => authMode(exposure, hasKeys) === 'open';
  if (isOpen(api))
    return [openWords(api), ...(isOpen(actuator) && actuator.host !== api.host ? [openWords(actuator)] : [])];
  if (isOpen(actuator)) return [openWords(actuator)];
  const isShut = authMode(api.exposure, hasKeys) === 'required' && !api.exposure.hasIssuer && hasKeys === false;
  return isShut ? [SHUT] : [];
};

const openWords = ({ what, host, exposure }: Served): string =>
  exposure.loopback
    ? `Callers of ${what} are not authenticated: whoever can send requests to ${host} is admin. That includes everyone behind a proxy on this machine, which cannot always be recognised. Create a key (npm run keys -- create) or set AUTH_MODE=required to change that.`
    : `Callers of ${what} are not authenticated: everyone who reaches ${host} is admin. Set AUTH_MODE=required and create a key (npm run keys -- create) to change that.`;

const SHUT =
  'Callers must authenticate, but there is no API key and no other way to do so. Create the first key with "npm run keys -- create --role admin --name NAME".';
