import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { RequestHandler } from 'express';
import { tooLarge } from '../http/body-failure.ts';
import { hasBody, isTooLong } from '../http/body-size.ts';
import { contentTypeProblem } from '../http/media-type.ts';
import type { Route } from '../http/route.ts';

/** A body of another content type would stay unread; a form of another site could also send one. */
export const requireJson =
  ({ method }: Route): RequestHandler =>
  (request, _response, next) => {
    const mayBeBare = method === 'delete' && !hasBody(request);
    const problem = mayBeBare ? undefined : contentTypeProblem(request.headers['content-type']);
    if (problem !== undefined) throw fail('MEDIA_TYPE_UNSUPPORTED', problem);
    // Express knows no other name for it
    request.headers['content-type'] = 'application/json; charset=utf-8';
    next();
  };

/**
 * Checks the header, so that clients need not send a body that will be refused; Express would read all of it. One that asks first gets 100
 * now that nothing else is against it.
 */
export const requireShort =
  (limit: number): RequestHandler =>
  (request, response, next) => {
    if (isTooLong(request, limit)) throw tooLarge(limit);
    if (request.httpVersion === '1.1' && CONTINUE.test(request.headers.expect ?? '')) response.writeContinue();
    next();
  };

/** Node would respond to this by itself, without a body. */
export const requireHost: RequestHandler = (request, _response, next) => {
  if (request.httpVersion === '1.1' && request.headers.host === undefined) {
    throw fail('REQUEST_INVALID', 'The request has no Host header.');
  }
  next();
};

/** As Node parses it. */
const CONTINUE = /(?:^|\W)100-continue(?:$|\W)/i;

/** Node would respond to this by itself, too. */
export const requireKnownExpectation: RequestHandler = ({ httpVersion, headers }, _response, next) => {
  if (httpVersion === '1.1' && headers.expect !== undefined && !CONTINUE.test(headers.expect)) {
    const found = JSON.stringify(headers.expect.slice(0, 100));
    throw fail('EXPECTATION_UNKNOWN', `The header expect is ${found}. Send 100-continue, or omit the header.`);
  }
  next();
};
