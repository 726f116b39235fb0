import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

const host = '127.0.0.1';

const isAnswered = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 500 });
    const settle = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(true));
    socket.once('error', () => settle(false));
  });

/** Binds a port for a moment and returns its number; 0 lets the system choose. Undefined when it is taken. */
const bind = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });

/** Whether a port of the loopback address can be listened on now. A moment later it may be gone: callers retry. */
export const isFree = async (port: number): Promise<boolean> =>
  // some systems let 127.0.0.1 be bound beside 0.0.0.0, and a new server would then hide the old one
  !(await isAnswered(port)) && (await bind(port)) !== undefined;

/** The first free one of the preferred ports, else any free port. */
export const findPort = async (preferred: readonly number[]): Promise<number> => {
  for (const port of preferred) if (await isFree(port)) return port;
  const port = await bind(0);
  if (port === undefined) throw new Error('this machine has no free port left');
  return port;
};

const fileOf = (directory: string) => join(directory, 'ports.json');

/** The ports of the last start in this directory by part, so that URLs stay the same where they can. */
export const rememberedPorts = (directory: string): Record<string, number> => {
  const file = fileOf(directory);
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  } catch {
    // a corrupt file only means other port numbers
    return {};
  }
};

export const rememberPort = (directory: string, part: string, port: number): void => {
  const ports = rememberedPorts(directory);
  if (ports[part] === port) return;
  mkdirSync(directory, { recursive: true });
  const file = fileOf(directory);
  writeFileSync(`${file}.new`, `${JSON.stringify({ ...ports, [part]: port }, null, 2)}\n`);
  renameSync(`${file}.new`, file);
};
