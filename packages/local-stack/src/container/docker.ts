import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { dockerSockets } from '../settings.ts';

const LIMIT_MS = 700;

const isDockerSocket = (socketPath: string): Promise<boolean> =>
  new Promise((resolve) => {
    const ping = request({ socketPath, path: '/_ping', signal: AbortSignal.timeout(LIMIT_MS) }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.once('error', () => resolve(false));
    ping.end();
  });

let checked: Promise<boolean> | undefined;

const check = async (): Promise<boolean> => {
  const answered = await Promise.all(
    dockerSockets()
      .filter((socket) => existsSync(socket))
      .map(isDockerSocket),
  );
  return answered.includes(true);
};

/** Whether a Docker engine answers on this machine. Checked once per process, in under a second. */
export const hasDocker = (): Promise<boolean> => {
  checked ??= check();
  return checked;
};
