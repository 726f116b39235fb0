import type { Server } from 'node:http';
import { type Failure, fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import helmet from 'helmet';
import { addressOf, admitted } from './express/admission.ts';
import { type ObserveOptions, observe } from './express/observe.ts';
import { requireHost, requireJson, requireKnownExpectation, requireShort } from './express/request-checks.ts';
import { inSpringType, located, send } from './express/send-answer.ts';
import { frameworkFailure } from './http/body-failure.ts';
import { MAX_BODY_BYTES } from './http/body-size.ts';
import { type ConnectionOptions, limitedServer } from './http/connections.ts';
import { errorAnswer, unexpectedAnswer } from './http/error-answer.ts';
import { refuseMisplacedCredentials } from './http/misplaced-credentials.ts';
import { numberAsText } from './http/number-as-text.ts';
import { withSeenAt } from './http/outcome-unknown.ts';
import { readInput } from './http/read-input.ts';
import type { RequestContext, Route } from './http/route.ts';
import { type Gate, isDenial } from './identity/gate.ts';

export type ServerOptions = ConnectionOptions &
  ObserveOptions & {
    readonly routes: readonly Route[];
    readonly gate: Gate;
    /** Addresses and networks whose `X-Forwarded-For` is believed; undefined: nobody's. */
    readonly trustProxy?: readonly string[] | undefined;
    /** Prefix of `Location`; undefined: it is a path. */
    readonly publicUrl?: string | undefined;
    /** What the response to an unknown path says; undefined: what all of Tandem serves. */
    readonly unknownPath?: string;
    /** Called for every changing request that a rule refused, of a caller who may send it: nobody else adds to the history one by one. */
    readonly onRefused: (failure: Failure, context: RequestContext, input: unknown) => void;
    /** Called for every request that its caller may not send, a reading one too. */
    readonly onDenied: (failure: Failure, context: RequestContext, route: string) => void;
  };

/** Responses are data: a browser must not execute or frame anything in them. */
const NOTHING_TO_LOAD = { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } };

/** Turns the route table into an HTTP server. It does not listen yet. Only this file and those in express/ know the web framework. */
export const createHttpServer = (options: ServerOptions): Server => {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  if (options.trustProxy !== undefined) app.set('trust proxy', options.trustProxy);
  app.use(observe(options));
  app.use(requireHost, requireKnownExpectation);
  app.use(
    helmet({ strictTransportSecurity: false, contentSecurityPolicy: NOTHING_TO_LOAD, frameguard: { action: 'deny' } }),
  );
  mount(app, options);
  app.use(() => {
    throw fail(
      'ROUTE_NOT_FOUND',
      options.unknownPath ??
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
        admitted(route, options.gate),
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

const answer =
  (route: Route, { publicUrl, gate, onDenied }: ServerOptions): RequestHandler =>
  async (request, response) => {
    const raw = given(route, request);
    refuseMisplacedCredentials(route, raw, response.locals.context);
    response.locals.input = raw;
    const subject = route.query ? 'The query' : 'The body';
    const ofPath = Object.keys(request.params);
    const input = route.input === undefined ? undefined : readInput(route.input, raw, subject, ofPath);
    const { context } = response.locals;
    const answered = await route.handle(input, context).catch(async (error: unknown) => {
      await countWrongCredentials(gate, request, error);
      throw error;
    });
    const { refusal, logged } = answered;
    await countWrongCredentials(gate, request, refusal);
    if (refusal !== undefined && isDenial(refusal)) onDenied(refusal, context, route.path);
    if (logged !== undefined) response.locals.logged = logged;
    await send(response, inSpringType(located(answered, publicUrl), route, request));
  };

/** Those in a body or of a login count like those in a header. */
const countWrongCredentials = async (gate: Gate, request: Request, error: unknown): Promise<void> => {
  if (isFailure(error, 'UNAUTHENTICATED')) await gate.failed(addressOf(request));
};

/** Path parameters override fields of the same name, so that a body cannot name another resource. */
const given = ({ method, query }: Route, request: Request): unknown => {
  if (method === 'get') return { ...(query ? request.query : {}), ...request.params };
  const body: unknown = request.body ?? (method === 'delete' ? {} : undefined);
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isObject ? { ...body, ...request.params } : body;
};

/** Methods that change nothing, whatever the route. */
const READING = ['GET', 'HEAD'];

const answerError =
  ({ log, onRefused, onDenied, routes }: ServerOptions): ErrorRequestHandler =>
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
    if (failure !== undefined && isDenial(failure)) onDenied(failure, context, String(request.route?.path));
    else if (isRefusal && changes && response.locals.isAdmitted)
      onRefused(failure, context, response.locals.input ?? request.body);
    if (!isRefusal) log.error({ requestId: context.requestId, err: error }, 'request failed');
    send(response, reply).catch(next);
  };
