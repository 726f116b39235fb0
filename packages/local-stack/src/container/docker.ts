import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { dockerSockets } from '../settings.ts';

const LIMIT_MS = 700;

const answers = (socketPath: string): Promise<boolean> =>
  new Promise((resolve) => {
    const asked = request({ socketPath, path: '/_ping', signal: AbortSignal.timeout(LIMIT_MS) }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.once('error', () => resolve(false));
    asked.end();
  });

let checked: Promise<boolean> | undefined;

const check = async (): Promise<boolean> => {
  const answered = await Promise.all(
    dockerSockets()
      .filter((socket) => existsSync(socket))
      .map(answers),
  );
  return answered.includes(true);
};

/** Whether a Docker engine of this machine answers; asked once, known within a second. */
export const hasDocker = (): Promise<boolean> => {
  checked ??= check();
  return checked;
};
