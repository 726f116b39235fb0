import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands before a server; while it is shut, connections are refused and those that were open are cut. */
export type TcpProxy = {
  /** The given URL with the proxy's host and port. */
  readonly url: string;
  readonly shut: () => Promise<void>;
  readonly open: () => Promise<void>;
  /** Accepts and swallows: the other side seems to be there and never answers. */
  readonly hang: () => void;
  /** How many messages clients have sent so far; those that end an idle connection to PostgreSQL do not count. */
  readonly heard: () => number;
};

/** Terminate, of PostgreSQL's protocol. */
const GOODBYE = Buffer.from([0x58, 0, 0, 0, 4]);

export const openTcpProxy = async (url: string): Promise<TcpProxy> => {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let hanging = false;
  let heard = 0;
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  };
  const server = createServer((client) => {
    track(client);
    if (hanging) return void client.resume();
    const upstream = connect(Number(target.port), target.hostname);
    track(upstream);
    client.on('data', (data) => {
      if (!GOODBYE.equals(data)) heard += 1;
      if (!hanging) upstream.write(data);
    });
    upstream.on('data', (data) => void (hanging || client.write(data)));
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  const proxied = new URL(url);
  proxied.host = `127.0.0.1:${port}`;

  const shut = async () => {
    hanging = false;
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    for (const socket of sockets) socket.destroy();
    await once(server, 'close');
  };
  const open = async () => {
    hanging = false;
    if (!server.listening) await listen(port);
  };
  return {
    url: proxied.href,
    shut,
    open,
    hang: () => {
      hanging = true;
    },
    heard: () => heard,
  };
};
