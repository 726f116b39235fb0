import type { Server } from 'node:http';
import type { Route } from './http/route.ts';
import type { Port } from './identity/exposures.ts';
import type { Gate } from './identity/gate.ts';
import { createHttpServer, type ServerOptions } from './server.ts';

export type ServersOptions = Omit<ServerOptions, 'gate'> & {
  readonly gates: Readonly<Record<Port, Gate>>;
  /** Undefined: one port serves everything. */
  readonly managementPort: number | undefined;
};

/**
 * The servers of all ports. With MANAGEMENT_PORT /actuator is served there only, as with Spring's management.server.port; health is served on
 * both, since it also says whether the port itself responds.
 */
export const createServers = ({
  gates,
  managementPort,
  ...options
}: ServersOptions): { readonly server: Server; readonly managementServer: Server | undefined } => {
  const { routes } = options;
  if (managementPort === undefined) {
    return { server: createHttpServer({ ...options, gate: gates.main }), managementServer: undefined };
  }
  const main = routes.filter((route) => !isActuator(route) || isHealth(route));
  const management = routes.filter(isActuator);
  return {
    server: createHttpServer({ ...options, routes: main, gate: gates.main, unknownPath: MAIN_ONLY }),
    managementServer: createHttpServer({
      ...options,
      ...{ routes: management, gate: gates.management, unknownPath: MANAGEMENT_ONLY },
    }),
  };
};

const isActuator = ({ path }: Route): boolean => path.startsWith('/actuator/');
const isHealth = ({ path }: Route): boolean => path === '/actuator/health' || path.startsWith('/actuator/health/');

const MAIN_ONLY =
  'This port serves /api, /ui, /docs and /actuator/health; the rest of /actuator is served at MANAGEMENT_PORT. /docs describes all of it.';
const MANAGEMENT_ONLY = 'This is MANAGEMENT_PORT, which serves /actuator only: /api, /ui and /docs are served at PORT.';
