import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, constants as zlib } from 'node:zlib';
import type { Request, Response } from 'express';
import type { Answer, Route } from '../http/route.ts';

/** Spring Boot's actuators respond in their own media types to clients that ask for them, and in JSON to all others. */
const SPRING_TYPES = ['v3', 'v2'].map((version) => `application/vnd.spring-boot.actuator.${version}+json`);

export const inSpringType = (answered: Answer, { path }: Route, request: Request): Answer => {
  if (!path.startsWith('/actuator/') || answered.contentType !== undefined || answered.body === undefined)
    return answered;
  const type = request.accepts(['application/json', ...SPRING_TYPES]);
  if (!SPRING_TYPES.includes(String(type))) return answered;
  return { ...answered, contentType: String(type), body: JSON.stringify(answered.body) };
};

export const located = (answered: Answer, publicUrl: string | undefined): Answer => {
  const { Location, ...headers } = answered.headers ?? {};
  // a login leads to another server
  const isOurs = typeof Location === 'string' && Location.startsWith('/');
  if (publicUrl === undefined || !isOurs) return answered;
  return { ...answered, headers: { ...headers, Location: `${publicUrl}${Location}` } };
};

/** Sends what a handler returned. */
export const send = async (response: Response, answered: Answer): Promise<void> => {
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
