import { connect, type Socket } from 'node:net';

export type Load = {
  /** A server that sends a content-length. */
  readonly url: string;
  readonly path: string;
  readonly clients: number;
  readonly requests: number;
  /** The body of the next request. */
  readonly nextBody: () => string;
};

export type LoadOutcome = {
  readonly ms: number;
  readonly latenciesMs: readonly number[];
  /** How many responses had each status. */
  readonly statuses: Readonly<Record<number, number>>;
};

const messageOf = (host: string, path: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** The status of the response in `received`; undefined while it is incomplete. */
const wholeAnswer = (received: string): number | undefined => {
  const end = received.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, end))?.[1];
  if (length === undefined) throw new Error(`a response without content-length: ${received.slice(0, 300)}`);
  return received.length - end - 4 < Number(length) ? undefined : Number(received.slice(9, 12));
};

const opened = ({ hostname, port }: URL): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    socket.setEncoding('latin1');
    socket.once('error', reject);
    socket.once('connect', () => resolve(socket));
  });

/** Sends the next request on a connection after each response, until `next` has none left. */
const keepBusy = (socket: Socket, next: () => string | undefined, onAnswer: (status: number, ms: number) => void) =>
  new Promise<void>((resolve, reject) => {
    let received = '';
    let sentAt = 0;
    const send = () => {
      const message = next();
      if (message === undefined) return resolve();
      sentAt = performance.now();
      socket.write(message);
    };
    socket.on('data', (text) => {
      received += text;
      try {
        const status = wholeAnswer(received);
        if (status === undefined) return;
        onAnswer(status, performance.now() - sentAt);
      } catch (error) {
        return reject(error);
      }
      received = '';
      send();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the server closed a connection')));
    send();
  });

/**
 * Clients with a keep-alive connection each post as fast as they get responses. Written on bare sockets, so that the load generator takes
 * little processor time from what is measured.
 */
export const postLoad = async ({ url, path, clients, requests, nextBody }: Load): Promise<LoadOutcome> => {
  const address = new URL(url);
  const sockets = await Promise.all(Array.from({ length: clients }, () => opened(address)));
  const latenciesMs: number[] = [];
  const statuses: Record<number, number> = {};
  let left = requests;
  const next = () => {
    left -= 1;
    return left < 0 ? undefined : messageOf(address.host, path, nextBody());
  };
  const onAnswer = (status: number, ms: number) => {
    statuses[status] = (statuses[status] ?? 0) + 1;
    latenciesMs.push(ms);
  };
  try {
    const begun = performance.now();
    await Promise.all(sockets.map((socket) => keepBusy(socket, next, onAnswer)));
    return { ms: performance.now() - begun, latenciesMs, statuses };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
};
