import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export type RawAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long the server kept the connection, in milliseconds. */
  readonly tookMs: number;
};

const LIMIT_MS = 20_000;

export const openRaw = async (address: string): Promise<Socket> => {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};

/** Sends bytes as they are and reads until the server closes. Status 0: it closed without a word. */
export const sendRaw = async (address: string, text: string): Promise<RawAnswer> => {
  const socket = await openRaw(address);
  return answerTo(socket, text);
};

export const answerTo = async (socket: Socket, text: string): Promise<RawAnswer> => {
  const began = performance.now();
  const chunks: Buffer[] = [];
  const timer = setTimeout(() => socket.destroy(), LIMIT_MS);
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.write(Buffer.from(text, 'latin1'));
  await once(socket, 'close');
  clearTimeout(timer);
  return { ...parsed(Buffer.concat(chunks).toString('utf8')), tookMs: performance.now() - began };
};

const parsed = (text: string): Omit<RawAnswer, 'tookMs'> => {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, end === -1 ? undefined : end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0);
  return { status, headers, body: end === -1 ? '' : text.slice(end + 4) };
};

/** A request that is as it should be, but for what `head` and `body` say; the server is asked to close after it. */
export const rawRequest = (head: readonly string[], body = ''): string =>
  `${[...head, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`;
