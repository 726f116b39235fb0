import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, constants as zlib } from 'node:zlib';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { type Failure, fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import helmet from 'helmet';
import { frameworkFailure, tooLarge } from './http/body-failure.ts';
import { errorAnswer, unexpectedAnswer } from './http/error-answer.ts';
import { contentTypeProblem } from './http/media-type.ts';
import { withSeenAt } from './http/outcome-unknown.ts';
import { readInput } from './http/read-input.ts';
import type { Answer, RequestContext, Route } from './http/route.ts';

export type ServerOptions = {
  readonly routes: readonly Route[];
  readonly log: Logger;
  readonly newId: () => string;
  readonly requestTimeoutMs: number;
  /** Of a connection without a request. */
  readonly keepAliveMs: number;
  /** What `Location` begins with; undefined: with its path. */
  readonly publicUrl?: string | undefined;
  /** Told of every request to change something that a rule refused. */
  readonly onRefused: (failure: Failure, context: RequestContext, asked: unknown) => void;
  /** Aborted some time before: connections are closed after their next answer. */
  readonly draining: AbortSignal;
  /** Aborted when the process stops: waits and streams end then. */
  readonly stopping: AbortSignal;
  /** Told of every answer. */
  readonly onAnswered: (route: string, method: string, status: number, seconds: number) => void;
};

/** Answers are data: a browser that is shown one has nothing to run or to frame. */
const NOTHING_TO_LOAD = { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } };

/** Enough for any request of the contract that does not list indices. */
const MAX_BODY_BYTES = 16_384;

declare module 'express-serve-static-core' {
  interface Locals {
    context: RequestContext;
    /** What the handler was asked with, parsed or not. */
    asked?: unknown;
    /** As the route says. */
    readsOnly?: boolean;
    /** What the log line of the answer tells besides. */
    logged?: { code?: string; backupId?: string; operationId?: string };
  }
}

/** The only file that knows the web framework: turns the route table into an HTTP server. It does not listen yet. */
export const createHttpServer = (options: ServerOptions): Server => {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(observe(options));
  app.use(requireHost, requireKnownExpectation);
  app.use(
    helmet({ strictTransportSecurity: false, contentSecurityPolicy: NOTHING_TO_LOAD, frameguard: { action: 'deny' } }),
  );
  mount(app, options);
  app.use(() => {
    throw fail(
      'ROUTE_NOT_FOUND',
      'Tandem answers at /actuator/backup, /actuator/health, /actuator/prometheus, /api/v1/backups, /api/v1/restores, /api/v1/operations, /api/v1/events, /api/v1/snapshots and /api/v1/history; /docs describes them all.',
    );
  });
  app.use(answerError(options));
  return withLimits(
    createServer({ maxHeaderSize: 16_384, connectionsCheckingInterval: 500, requireHostHeader: false }, app),
    options,
  );
};

const mount = (app: Express, options: ServerOptions): void => {
  // path by path: another method must not fall through to a later path that has a parameter in the same place
  for (const path of new Set(options.routes.map((route) => route.path))) {
    const routes = options.routes.filter((route) => route.path === path);
    for (const route of routes) {
      const before = [
        ...(route.onlyWith === undefined ? [] : [onlyWith(route.onlyWith)]),
        ...(route.method === 'get' ? [] : [requireJson(route), ...parseJson(route)]),
      ];
      app[route.method](path, ...before, answer(route, options));
    }
    if (routes.some((route) => route.onlyWith !== undefined)) continue;
    const methods = routes.map(({ method }) => method.toUpperCase());
    app.all(path, (request, response) => {
      response.set('Allow', methods.join(', '));
      throw fail('METHOD_NOT_ALLOWED', `${path} answers ${methods.join(', ')}, not ${request.method}.`);
    });
  }
};

const parseJson = ({ maxBodyBytes = MAX_BODY_BYTES }: Route): readonly RequestHandler[] => [
  requireShort(maxBodyBytes),
  express.json({ limit: maxBodyBytes }),
];

/** Else whichever route comes next. */
const onlyWith =
  (parameter: string): RequestHandler =>
  (request, _response, next) =>
    next(request.query[parameter] === undefined ? 'route' : undefined);

/** Another content type would leave the body unread; it is also what a form of a foreign web page can send. */
const requireJson =
  ({ method }: Route): RequestHandler =>
  (request, _response, next) => {
    const mayBeBare = method === 'delete' && !hasBody(request);
    const problem = mayBeBare ? undefined : contentTypeProblem(request.headers['content-type']);
    if (problem !== undefined) throw fail('MEDIA_TYPE_UNSUPPORTED', problem);
    // the framework knows no other name of it
    request.headers['content-type'] = 'application/json; charset=utf-8';
    next();
  };

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const isTooLong = ({ headers }: IncomingMessage, limit: number): boolean =>
  Number(headers['content-length'] ?? 0) > limit;

/** Told by its header, so that nobody has to send what will be refused; the framework would read it to its end. */
const requireShort =
  (limit: number): RequestHandler =>
  (request, _response, next) => {
    if (isTooLong(request, limit)) throw tooLarge(limit);
    next();
  };

/** Node would answer this one itself, without a body. */
const requireHost: RequestHandler = (request, _response, next) => {
  if (request.httpVersion === '1.1' && request.headers.host === undefined) {
    throw fail('REQUEST_INVALID', 'The request lacks the header host.');
  }
  next();
};

/** As Node reads it. */
const CONTINUE = /(?:^|\W)100-continue(?:$|\W)/i;

/** This one too. */
const requireKnownExpectation: RequestHandler = ({ httpVersion, headers }, _response, next) => {
  if (httpVersion === '1.1' && headers.expect !== undefined && !CONTINUE.test(headers.expect)) {
    const found = JSON.stringify(headers.expect.slice(0, 100));
    throw fail('EXPECTATION_UNKNOWN', `The header expect is ${found}. Send 100-continue, or no such header.`);
  }
  next();
};

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

const observe =
  ({ log, newId, onAnswered, stopping }: ServerOptions): RequestHandler =>
  (request, response, next) => {
    const began = performance.now();
    const given = request.get('x-request-id') ?? '';
    const requestId = REQUEST_ID.test(given) ? given : newId();
    const actor = { kind: 'anonymous', address: request.socket.remoteAddress ?? 'unknown' } as const;
    let over: AbortSignal | undefined;
    response.locals.context = {
      requestId,
      actor,
      httpVersion: request.httpVersion,
      idempotencyKey: request.get('idempotency-key'),
      lastEventId: request.get('last-event-id'),
      // made only for those who wait
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
      else log.info({ ...line, code, backupId, operationId }, 'the client went away before the answer');
    });
    next();
  };

/** A controller of its own: what AbortSignal.any puts together may be collected as garbage before it fires. */
const endSignal = (response: Response, stopping: AbortSignal): AbortSignal => {
  const end = new AbortController();
  const abort = () => end.abort();
  stopping.addEventListener('abort', abort);
  response.on('close', () => {
    stopping.removeEventListener('abort', abort);
    abort();
  });
  if (stopping.aborted || response.closed) abort();
  return end.signal;
};

/** Most clients that close their side have gone. */
const orHalfClosed = (over: AbortSignal, socket: Socket): AbortSignal => {
  const end = new AbortController();
  const abort = () => {
    socket.off('end', abort);
    end.abort();
  };
  socket.on('end', abort);
  over.addEventListener('abort', abort);
  if (over.aborted || socket.readableEnded) abort();
  return end.signal;
};

const answer =
  (route: Route, { publicUrl }: ServerOptions): RequestHandler =>
  async (request, response) => {
    const asked = given(route, request);
    response.locals.asked = asked;
    response.locals.readsOnly = route.readsOnly;
    const input =
      route.input === undefined ? undefined : readInput(route.input, asked, route.query ? 'The query' : 'The body');
    const answered = await route.handle(input, response.locals.context);
    if (answered.logged !== undefined) response.locals.logged = answered.logged;
    await send(response, located(answered, publicUrl));
  };

const located = (answered: Answer, publicUrl: string | undefined): Answer => {
  const { Location, ...headers } = answered.headers ?? {};
  if (publicUrl === undefined || Location === undefined) return answered;
  return { ...answered, headers: { ...headers, Location: `${publicUrl}${Location}` } };
};

/** The path's parameters win over a field of the same name, so that a body cannot speak of another resource. */
const given = ({ method, query }: Route, request: Request): unknown => {
  if (method === 'get') return { ...(query ? request.query : {}), ...request.params };
  const body: unknown = request.body ?? (method === 'delete' ? {} : undefined);
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isObject ? { ...body, ...request.params } : body;
};

const send = async (response: Response, answered: Answer): Promise<void> => {
  const { status, body, contentType, headers, stream, stalledMs } = answered;
  response.status(status).set(headers ?? {});
  if (contentType === undefined) return void response.json(body);
  response.set('Content-Type', contentType);
  if (stream === undefined) return void response.end(body);
  if (stalledMs !== undefined) return sendFile(response, stream, stalledMs);
  response.flushHeaders();
  await pipeline(Readable.from(stream), response).catch(unlessGone);
};

/** Compressed as fast as can be: whoever waits for an export waits for its rows. */
const sendFile = async (response: Response, stream: AsyncIterable<string>, stalledMs: number): Promise<void> => {
  const encoding = response.req.acceptsEncodings('gzip', 'identity');
  response.vary('Accept-Encoding');
  if (encoding === 'gzip') response.set('Content-Encoding', 'gzip');
  if (response.req.method === 'HEAD') return void response.end();
  response.setTimeout(stalledMs, () => response.destroy(new Error(`The client took nothing for ${stalledMs} ms.`)));
  const texts = Readable.from(stream);
  const sent =
    encoding === 'gzip'
      ? pipeline(texts, createGzip({ level: zlib.Z_BEST_SPEED }), response)
      : pipeline(texts, response);
  await sent.catch((error: NodeJS.ErrnoException) => {
    // whatever else ends it, a stop too, must not look like the end of the file, and is told in the log
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
};

/** A client that goes away ends its stream: that is no failure of ours. */
const unlessGone = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && error.name !== 'AbortError') throw error;
};

const answerError =
  ({ log, onRefused, routes }: ServerOptions): ErrorRequestHandler =>
  (error, request, response, next) => {
    const { context } = response.locals;
    if (response.headersSent) {
      log.warn({ requestId: context.requestId, err: error }, 'answer broken off');
      return void response.destroy();
    }
    const changes = request.method !== 'GET' && response.locals.readsOnly !== true;
    const known = isFailure(error) ? error : frameworkFailure(error, request.get('content-encoding'));
    const failure = known && changes ? withSeenAt(known, routes, String(request.route?.path), request.path) : known;
    const asked = { path: request.path, requestId: context.requestId };
    const reply = failure === undefined ? unexpectedAnswer(asked) : errorAnswer(failure, asked);
    if (failure !== undefined) response.locals.logged = { code: failure.code };
    const isRefusal = failure !== undefined && reply.status < 500;
    if (isRefusal && changes) onRefused(failure, context, response.locals.asked ?? request.body);
    if (!isRefusal) log.error({ requestId: context.requestId, err: error }, 'request failed');
    send(response, reply).catch(next);
  };

const withLimits = (server: Server, options: ServerOptions): Server => {
  const { requestTimeoutMs, keepAliveMs, draining, stopping, routes } = options;
  server.requestTimeout = requestTimeoutMs;
  server.headersTimeout = Math.min(requestTimeoutMs, 10_000);
  server.keepAliveTimeout = keepAliveMs;
  // what has no types yet: a client that closes its side after the request is answered all the same
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on('clientError', refuseUnreadable);
  // whoever asks before sending is answered with the refusal instead of being told to go on
  server.on('checkContinue', (request, response) => {
    const route = routes.find(({ path }) => path === request.url?.split('?')[0] && request.method !== 'GET');
    if (!isTooLong(request, route?.maxBodyBytes ?? MAX_BODY_BYTES)) response.writeContinue();
    server.emit('request', request, response);
  });
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  let unanswered = 0;
  // clients keep connections, also such that they have sent nothing on yet: those must not keep the process
  const leave = () => {
    if (stopping.aborted && unanswered === 0) server.closeAllConnections();
  };
  server.on('request', (_request, response) => {
    unanswered += 1;
    if (draining.aborted || stopping.aborted) response.setHeader('Connection', 'close');
    response.on('close', () => {
      unanswered -= 1;
      setImmediate(leave);
    });
  });
  stopping.addEventListener('abort', () => setImmediate(leave));
  return server;
};

/** What is not HTTP: Node has no request to hand over, so the answer is written as it is. */
const refuseUnreadable = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = clientErrorStatus[error.code ?? ''] ?? '400 Bad Request';
  const body = JSON.stringify({
    errorCode: 'badRequestError',
    errorMessage: 'The request is not valid.',
    detailedMessage: clientErrorWords[error.code ?? ''] ?? 'The request could not be read as HTTP.',
  });
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close`;
  socket.end(`${head}\r\n\r\n${body}`);
};

const clientErrorWords: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: 'The request line and headers may have 16384 bytes together.',
  ERR_HTTP_REQUEST_TIMEOUT: 'The request did not arrive within the time that REQUEST_TIMEOUT gives.',
};

const clientErrorStatus: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
