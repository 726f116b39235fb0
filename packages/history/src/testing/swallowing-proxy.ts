import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type SwallowingProxy = {
  readonly url: string;
  /** true: connections are taken and kept, and nothing passes any more. false: new ones pass. */
  swallow(on: boolean): void;
  stop(): Promise<void>;
};

const listening = (server: ReturnType<typeof createServer>): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** Stands before a PostgreSQL as a network that loses everything. */
export const swallowingProxy = async (target: string): Promise<SwallowingProxy> => {
  const url = new URL(target);
  const { hostname, port } = url;
  const sockets = new Set<Socket>();
  let swallowing = false;
  const kept = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => socket.destroy());
  };
  const server = createServer((client) => {
    kept(client);
    if (swallowing) return;
    const upstream = kept(connect(Number(port), hostname));
    client.on('data', (data) => swallowing || upstream.write(data));
    upstream.on('data', (data) => swallowing || client.write(data));
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  url.port = String(await listening(server));
  return {
    url: url.href,
    swallow: (on) => {
      swallowing = on;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
