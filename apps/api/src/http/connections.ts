import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { failures } from '@tandem/shared/domain/failure/failures.ts';
import { noteClientCertificates } from './tls/client-certificates.ts';
import { type ServerTls, secureContextOf } from './tls/server-tls.ts';

export type ConnectionOptions = {
  readonly requestTimeoutMs: number;
  /** Undefined: http. */
  readonly tls?: ServerTls | undefined;
  /** How long a connection without a request stays open. */
  readonly keepAliveMs: number;
  /** Aborted before `stopping`: connections are closed after their next response. */
  readonly draining: AbortSignal;
  /** Aborted when the process stops: waiting requests and streams end then. */
  readonly stopping: AbortSignal;
};

/** The request line and headers together. */
const MAX_HEAD_BYTES = 16_384;

const MAX_HEAD_MS = 10_000;

/** An HTTP server that limits what a client can hold, and ends its connections when the process stops. It does not listen yet. */
export const limitedServer = (listener: RequestListener, options: ConnectionOptions): Server => {
  const { requestTimeoutMs, keepAliveMs, tls } = options;
  const limits = { maxHeaderSize: MAX_HEAD_BYTES, connectionsCheckingInterval: 500, requireHostHeader: false };
  const server = tls === undefined ? createServer(limits, listener) : secureServer(limits, listener, tls);
  server.requestTimeout = requestTimeoutMs;
  server.headersTimeout = Math.min(requestTimeoutMs, MAX_HEAD_MS);
  server.keepAliveTimeout = keepAliveMs;
  // not in the types yet: a client that half-closes after its request still gets a response
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on('clientError', refuseUnreadable);
  passOnExpectations(server);
  closeWhenStopping(server, options);
  return server;
};

/** Connections that are open keep the certificate that they began with; one that the server should no longer trust is refused by request. */
const secureServer = (limits: ServerOptions, listener: RequestListener, tls: ServerTls): SecureServer => {
  const files = tls.current();
  const server = createSecureServer(
    {
      ...limits,
      ...secureContextOf(files),
      requestCert: files.clientCa !== undefined,
      rejectUnauthorized: false,
      handshakeTimeout: MAX_HEAD_MS,
    },
    listener,
  );
  noteClientCertificates(server, tls);
  tls.onReplaced((replaced) => {
    server.setSecureContext(secureContextOf(replaced));
    server.closeIdleConnections();
  });
  return server;
};

/** The app decides about every Expect: a client that asks whether to send its body gets the refusal instead of 100. */
const passOnExpectations = (server: Server): void => {
  for (const event of ['checkContinue', 'checkExpectation'] as const)
    server.on(event, (request, response) => server.emit('request', request, response));
};

/** Clients keep connections open, some of them unused: these must not keep the process alive. */
const closeWhenStopping = (server: Server, { draining, stopping }: ConnectionOptions): void => {
  let unanswered = 0;
  const closeUnused = () => {
    if (stopping.aborted && unanswered === 0) server.closeAllConnections();
  };
  // before the app, which sends a refusal at once: after that the header could not be set
  server.prependListener('request', (_request, response) => {
    unanswered += 1;
    if (draining.aborted || stopping.aborted) response.setHeader('Connection', 'close');
    response.on('close', () => {
      unanswered -= 1;
      setImmediate(closeUnused);
    });
  });
  stopping.addEventListener('abort', () => setImmediate(closeUnused));
};

/** Input that is not HTTP: Node has no request for it, so the response is written to the socket. */
const refuseUnreadable = (error: NodeJS.ErrnoException, socket: Socket): void => {
  // whoever fails at the handshake could not read it
  if (error.code === 'ECONNRESET' || !socket.writable || isHandshake(error)) return void socket.destroy();
  const status = clientErrorStatus[error.code ?? ''] ?? '400 Bad Request';
  const body = JSON.stringify({
    errorCode: 'badRequestError',
    errorMessage: failures.REQUEST_INVALID.title,
    detailedMessage: clientErrorWords[error.code ?? ''] ?? 'The request could not be read as HTTP.',
  });
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close`;
  socket.end(`${head}\r\n\r\n${body}`);
};

const isHandshake = ({ code = '' }: NodeJS.ErrnoException): boolean => /^ERR_(?:SSL|TLS)_/.test(code);

const clientErrorWords: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: `The request line and headers together may have at most ${MAX_HEAD_BYTES} bytes.`,
  ERR_HTTP_REQUEST_TIMEOUT: 'The request did not arrive within REQUEST_TIMEOUT.',
};

const clientErrorStatus: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
