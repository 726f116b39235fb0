import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { createLogger } from '@tandem/runtime/logging/logger.ts';
import type { Settings } from '@tandem/runtime/settings/settings-catalogue.ts';
import { z } from 'zod';
import { type Answer, type RequestContext, type Route, route } from './http/route.ts';
import type { RouteDocs } from './http/route-docs.ts';
import type { Gate } from './identity/gate.ts';
import { createHttpServer, type ServerOptions } from './server.ts';

/** A route for tests, without documentation. */
export const testRoute = (
  method: 'get' | 'post',
  path: string,
  handle: (input: Record<string, unknown>, context: RequestContext) => Promise<Answer>,
): Route => route({ method, path, input: z.looseObject({}), docs: {} as RouteDocs, handle });

/** Everyone may do everything. */
const everyone: Gate = {
  identify: async ({ address }) => ({ actor: { kind: 'anonymous', address }, role: 'admin' }),
  failed: async () => undefined,
  authorize: async () => undefined,
};

/** The HTTP server of the API with other routes. */
export const listening = async (routes: readonly Route[], options: Partial<ServerOptions> = {}) => {
  const draining = new AbortController();
  const stopping = new AbortController();
  const server = createHttpServer({
    ...{ routes, stopping: stopping.signal, draining: draining.signal, requestTimeoutMs: 15_000, keepAliveMs: 65_000 },
    log: createLogger('api', { logLevel: 'silent' } as Settings, false),
    newId: () => 'made',
    gate: everyone,
    onRefused: () => undefined,
    onDenied: () => undefined,
    onAnswered: () => undefined,
    ...options,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    server,
    draining,
    stopping,
    port,
    /** Sends bytes, closes its side, and reads to the end. */
    sendAndClose: (bytes: string | Buffer): Promise<string> => {
      const socket = connect(port, '127.0.0.1');
      socket.end(bytes);
      return text(socket);
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
