import { isIP } from 'node:net';
import type { Request, RequestHandler } from 'express';
import type { Route } from '../http/route.ts';
import { arrivalOf } from '../identity/arrival.ts';
import type { Gate } from '../identity/gate.ts';
import { endIfRevoked } from './end-if-revoked.ts';

/** Of the client: with TRUST_PROXY the last address in `X-Forwarded-For` that is not a proxy's. */
export const addressOf = (request: Request): string => {
  const { ip } = request;
  return ip !== undefined && isIP(ip) !== 0 ? ip : (request.socket.remoteAddress ?? 'unknown');
};

/** Nobody gets past it before it is known who asks and whether they may. The body is not read yet. */
export const admitted =
  (route: Route, gate: Gate): RequestHandler =>
  async (request, response, next) => {
    const { context } = response.locals;
    const caller = await gate.identify(arrivalOf(request, addressOf(request)), route);
    Object.assign(context, { actor: caller.actor, role: caller.role });
    await gate.authorize(caller, route);
    response.locals.isAdmitted = true;
    if (route.method === 'get' && caller.stillAccepted) endIfRevoked(response, caller.stillAccepted);
    next();
  };
