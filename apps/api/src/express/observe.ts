import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { holdsCredentials } from '@tandem/shared/domain/identity/mask-credentials.ts';
import type { RequestHandler } from 'express';
import { endSignal, orHalfClosed } from '../http/end-signals.ts';
import type { RequestContext } from '../http/route.ts';
import { addressOf } from './admission.ts';

declare module 'express-serve-static-core' {
  interface Locals {
    context: RequestContext;
    /** The handler's input, parsed or not. */
    input?: unknown;
    /** As declared by the route. */
    readsOnly?: boolean;
    /** Whether its caller may send it. Undefined: refused before that was decided. */
    isAdmitted?: boolean;
    /** Additional fields of the response's log line. */
    logged?: { code?: string; backupId?: string; operationId?: string };
  }
}

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

export type ObserveOptions = {
  readonly log: Logger;
  readonly newId: () => string;
  /** Called after every response. */
  readonly onAnswered: (route: string, method: string, status: number, seconds: number) => void;
  /** Aborted when the process stops. */
  readonly stopping: AbortSignal;
};

/** Gives each request its context, and logs and counts each response. */
export const observe =
  ({ log, newId, onAnswered, stopping }: ObserveOptions): RequestHandler =>
  (request, response, next) => {
    const began = performance.now();
    const given = request.get('x-request-id') ?? '';
    const requestId = REQUEST_ID.test(given) && !holdsCredentials(given) ? given : newId();
    let over: AbortSignal | undefined;
    response.locals.context = {
      requestId,
      // until the caller is known
      actor: { kind: 'anonymous', address: addressOf(request) },
      role: 'viewer',
      httpVersion: request.httpVersion,
      idempotencyKey: request.get('idempotency-key'),
      lastEventId: request.get('last-event-id'),
      // computed only for handlers that read it
      get browser() {
        const { protocol, host, headers } = request;
        return { cookie: headers.cookie, origin: `${protocol}://${host}` };
      },
      // created only for handlers that wait
      get signal() {
        return orHalfClosed(this.over ?? stopping, request.socket);
      },
      get over() {
        over ??= endSignal(response, stopping);
        return over;
      },
    };
    response.set('X-Request-Id', requestId).set('Cache-Control', 'no-store');
    response.on('close', () => {
      const milliseconds = Math.round((performance.now() - began) * 10) / 10;
      onAnswered(request.route?.path ?? 'none', request.method, response.statusCode, milliseconds / 1000);
      const path = request.originalUrl.split('?')[0]?.slice(0, 200);
      const line = { requestId, method: request.method, path, status: response.statusCode, milliseconds };
      const { code, backupId, operationId } = response.locals.logged ?? {};
      if (response.writableFinished) log.info({ ...line, code, backupId, operationId }, 'answered');
      else log.info({ ...line, code, backupId, operationId }, 'the client disconnected before the response');
    });
    next();
  };
