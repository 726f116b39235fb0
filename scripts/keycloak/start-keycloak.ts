import { spawn } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type Keycloak = { readonly url: string; readonly stop: () => void };

const START_MS = 600_000;

/** Starts an unpacked org.keycloak:keycloak-quarkus-dist with one realm, without a database of its own to keep. */
export const startKeycloak = async (
  folder: string,
  port: number,
  realm: { readonly realm: string },
): Promise<Keycloak> => {
  await rm(join(folder, 'data'), { recursive: true, force: true });
  await mkdir(join(folder, 'data', 'import'), { recursive: true });
  await writeFile(join(folder, 'data', 'import', 'realm.json'), JSON.stringify(realm));
  const options = ['start-dev', '--import-realm', '--http-host=127.0.0.1', `--http-port=${port}`];
  const process = spawn(join(folder, 'bin', 'kc.sh'), options, { stdio: 'inherit', detached: true });
  const url = `http://127.0.0.1:${port}`;
  const stop = () => {
    // with its Java, which the script starts
    if (process.pid !== undefined && process.exitCode === null) globalThis.process.kill(-process.pid);
  };
  const until = Date.now() + START_MS;
  while (Date.now() < until && process.exitCode === null) {
    const response = await fetch(`${url}/realms/${realm.realm}/.well-known/openid-configuration`).catch(
      () => undefined,
    );
    if (response?.ok) return { url, stop };
    await sleep(1_000);
  }
  stop();
  throw new Error(`Keycloak did not start in ${folder}.`);
};
