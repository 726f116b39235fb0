import type { Server } from 'node:http';
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
import { hasBody, isTooLong, MAX_BODY_BYTES } from './http/body-size.ts';
import { type ConnectionOptions, limitedServer } from './http/connections.ts';
import { endSignal, orHalfClosed } from './http/end-signals.ts';
import { errorAnswer, unexpectedAnswer } from './http/error-answer.ts';
import { contentTypeProblem } from './http/media-type.ts';
import { numberAsText } from './http/number-as-text.ts';
import { withSeenAt } from './http/outcome-unknown.ts';
import { readInput } from './http/read-input.ts';
import type { Answer, RequestContext, Route } from './http/route.ts';

export type ServerOptions = ConnectionOptions & {
  readonly log: Logger;
  readonly newId: () => string;
  /** Prefix of `Location`; undefined: it is a path. */
  readonly publicUrl?: string | undefined;
  /** Called for every changing request that a rule refused. */
  readonly onRefused: (failure: Failure, context: RequestContext, input: unknown) => void;
  /** Called after every response. */
  readonly onAnswered: (route: string, method: string, status: number, seconds: number) => void;
};

/** Responses are data: a browser must not execute or frame anything in them. */
const NOTHING_TO_LOAD = { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } };

declare module 'express-serve-static-core' {
  interface Locals {
    context: RequestContext;
    /** The handler's input, parsed or not. */
    input?: unknown;
    /** As declared by the route. */
    readsOnly?: boolean;
    /** Additional fields of the response's log line. */
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
      'Tandem serves /actuator/backup, /actuator/backups, /actuator/health, /actuator/prometheus, /api/v1/backups, /api/v1/restores, /api/v1/operations, /api/v1/events, /api/v1/snapshots, /api/v1/repositories and /api/v1/history; /docs describes them all.',
    );
  });
  app.use(answerError(options));
  return limitedServer(app, options);
};

const mount = (app: Express, options: ServerOptions): void => {
  // path by path: another method must not fall through to a later path with a parameter in the same position
  for (const path of new Set(options.routes.map((route) => route.path))) {
    const routes = options.routes.filter((route) => route.path === path);
    for (const route of routes) {
      const before = [
        ...(route.onlyWith === undefined ? [] : [onlyWith(route.onlyWith)]),
        matched(route),
        ...(route.method === 'get' ? [] : [requireJson(route), ...parseJson(route)]),
      ];
      app[route.method](path, ...before, answer(route, options));
    }
    if (routes.some((route) => route.onlyWith !== undefined)) continue;
    const methods = routes.map(({ method }) => method.toUpperCase());
    app.all(path, (request, response) => {
      response.set('Allow', methods.join(', '));
      throw fail('METHOD_NOT_ALLOWED', `${path} supports ${methods.join(', ')}, not ${request.method}.`);
    });
  }
};

const parseJson = ({ maxBodyBytes = MAX_BODY_BYTES, numbersAsText }: Route): readonly RequestHandler[] => [
  requireShort(maxBodyBytes),
  express.json({ limit: maxBodyBytes, ...(numbersAsText ? { reviver: numberAsText } : {}) }),
];

/** Requests without the parameter fall through to the next route. */
const onlyWith =
  (parameter: string): RequestHandler =>
  (request, _response, next) =>
    next(request.query[parameter] === undefined ? 'route' : undefined);

/** Known before the body is read, which may be refused. */
const matched =
  ({ readsOnly }: Route): RequestHandler =>
  (_request, response, next) => {
    response.locals.readsOnly = readsOnly;
    next();
  };

/** A body of another content type would stay unread; a form of another site could also send one. */
const requireJson =
  ({ method }: Route): RequestHandler =>
  (request, _response, next) => {
    const mayBeBare = method === 'delete' && !hasBody(request);
    const problem = mayBeBare ? undefined : contentTypeProblem(request.headers['content-type']);
    if (problem !== undefined) throw fail('MEDIA_TYPE_UNSUPPORTED', problem);
    // Express knows no other name for it
    request.headers['content-type'] = 'application/json; charset=utf-8';
    next();
  };

/** Checks the header, so that clients need not send a body that will be refused; Express would read all of it. */
const requireShort =
  (limit: number): RequestHandler =>
  (request, _response, next) => {
    if (isTooLong(request, limit)) throw tooLarge(limit);
    next();
  };

/** Node would respond to this by itself, without a body. */
const requireHost: RequestHandler = (request, _response, next) => {
  if (request.httpVersion === '1.1' && request.headers.host === undefined) {
    throw fail('REQUEST_INVALID', 'The request has no Host header.');
  }
  next();
};

/** As Node parses it. */
const CONTINUE = /(?:^|\W)100-continue(?:$|\W)/i;

/** Node would respond to this by itself, too. */
const requireKnownExpectation: RequestHandler = ({ httpVersion, headers }, _response, next) => {
  if (httpVersion === '1.1' && headers.expect !== undefined && !CONTINUE.test(headers.expect)) {
    const found = JSON.stringify(headers.expect.slice(0, 100));
    throw fail('EXPECTATION_UNKNOWN', `The header expect is ${found}. Send 100-continue, or omit the header.`);
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
      role: 'admin',
      httpVersion: request.httpVersion,
      idempotencyKey: request.get('idempotency-key'),
      lastEventId: request.get('last-event-id'),
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

const answer =
  (route: Route, { publicUrl }: ServerOptions): RequestHandler =>
  async (request, response) => {
    const raw = given(route, request);
    response.locals.input = raw;
    const subject = route.query ? 'The query' : 'The body';
    const ofPath = Object.keys(request.params);
    const input = route.input === undefined ? undefined : readInput(route.input, raw, subject, ofPath);
    const answered = await route.handle(input, response.locals.context);
    if (answered.logged !== undefined) response.locals.logged = answered.logged;
    await send(response, inSpringType(located(answered, publicUrl), route, request));
  };

/** Spring Boot's actuators respond in their own media types to clients that ask for them, and in JSON to all others. */
const SPRING_TYPES = ['v3', 'v2'].map((version) => `application/vnd.spring-boot.actuator.${version}+json`);

const inSpringType = (answered: Answer, { path }: Route, request: Request): Answer => {
  if (!path.startsWith('/actuator/') || answered.contentType !== undefined || answered.body === undefined)
    return answered;
  const type = request.accepts(['application/json', ...SPRING_TYPES]);
  if (!SPRING_TYPES.includes(String(type))) return answered;
  return { ...answered, contentType: String(type), body: JSON.stringify(answered.body) };
};

const located = (answered: Answer, publicUrl: string | undefined): Answer => {
  const { Location, ...headers } = answered.headers ?? {};
  if (publicUrl === undefined || Location === undefined) return answered;
  return { ...answered, headers: { ...headers, Location: `${publicUrl}${Location}` } };
};

/** Path parameters override fields of the same name, so that a body cannot name another resource. */
const given = ({ method, query }: Route, request: Request): unknown => {
  if (method === 'get') return { ...(query ? request.query : {}), ...request.params };
  const body: unknown = request.body ?? (method === 'delete' ? {} : undefined);
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isObject ? { ...body, ...request.params } : body;
};

const send = async (response: Response, answered: Answer): Promise<void> => {
  const { status, body, contentType, headers, stream, stalledMs } = answered;
  response.status(status).set(headers ?? {});
  if (contentType === undefined) return void (body === undefined ? response.end() : response.json(body));
  response.set('Content-Type', contentType);
  if (stream === undefined) return void response.end(body);
  if (stalledMs !== undefined) return sendFile(response, stream, stalledMs);
  response.flushHeaders();
  await pipeline(Readable.from(stream), response).catch(unlessGone);
};

/** Uses the fastest compression level, since the rows of an export are the bottleneck. */
const sendFile = async (response: Response, stream: AsyncIterable<string>, stalledMs: number): Promise<void> => {
  const encoding = response.req.acceptsEncodings('gzip', 'identity');
  response.vary('Accept-Encoding');
  if (encoding === 'gzip') response.set('Content-Encoding', 'gzip');
  if (response.req.method === 'HEAD') return void response.end();
  response.setTimeout(stalledMs, () => response.destroy(new Error(`The client read nothing for ${stalledMs} ms.`)));
  const texts = Readable.from(stream);
  const sent =
    encoding === 'gzip'
      ? pipeline(texts, createGzip({ level: zlib.Z_BEST_SPEED }), response)
      : pipeline(texts, response);
  await sent.catch((error: NodeJS.ErrnoException) => {
    // any other end, including a stop, must not look like the end of the file, and is logged
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
};

/** A client that disconnects ends its stream, which is not a failure. */
const unlessGone = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && error.name !== 'AbortError') throw error;
};

/** Methods that change nothing, whatever the route. */
const READING = ['GET', 'HEAD'];

const answerError =
  ({ log, onRefused, routes }: ServerOptions): ErrorRequestHandler =>
  (error, request, response, next) => {
    const { context } = response.locals;
    if (response.headersSent) {
      log.warn({ requestId: context.requestId, err: error }, 'response aborted');
      return void response.destroy();
    }
    const changes = !READING.includes(request.method) && response.locals.readsOnly !== true;
    const known = isFailure(error) ? error : frameworkFailure(error, request.get('content-encoding'));
    const failure = known && changes ? withSeenAt(known, routes, String(request.route?.path), request.path) : known;
    const input = { path: request.path, requestId: context.requestId };
    const reply = failure === undefined ? unexpectedAnswer(input) : errorAnswer(failure, input);
    if (failure !== undefined) response.locals.logged = { code: failure.code };
    const isRefusal = failure !== undefined && reply.status < 500;
    if (isRefusal && changes) onRefused(failure, context, response.locals.input ?? request.body);
    if (!isRefusal) log.error({ requestId: context.requestId, err: error }, 'request failed');
    send(response, reply).catch(next);
  };
