import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Received = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};
export type Reply = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** `hangUp`: closes the connection; `silence`: never responds; `half`: ends the connection amid the body; `stall`: the end of the body does not come. */
  readonly instead?: 'hangUp' | 'silence' | 'half' | 'stall';
};

/** A server on a free port that replies with those, in order, the last one again and again, and keeps what it received. */
export const startServer = async (...replies: readonly Reply[]) => {
  const received: Received[] = [];
  const listener: RequestListener = async (request, response) => {
    const sent = await text(request);
    const { method = '', url: path = '', headers } = request;
    received.push({ method, path, headers, body: sent });
    const { status = 200, headers: own, body, instead } = replies[received.length - 1] ?? replies.at(-1) ?? {};
    if (instead === 'silence') return;
    if (instead === 'hangUp') return request.socket.destroy();
    const type = status < 400 ? 'application/json' : 'application/problem+json; charset=utf-8';
    const shown = typeof body === 'string' ? body : JSON.stringify(body ?? {});
    response.writeHead(status, {
      'Content-Type': type,
      ...own,
      ...(instead === 'half' && { 'Content-Length': '999' }),
    });
    if (instead === 'half') return response.write(shown, () => request.socket.destroy());
    if (instead === 'stall') return response.write(shown);
    return response.end(shown);
  };
  const server = createServer((request, response) => void listener(request, response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, received, [Symbol.asyncDispose]: close };
};
