import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { checkout, inCheckout } from './checkout.mjs';
import { withFileLock } from './file-lock.mjs';

const modules = inCheckout('node_modules');
const lockfile = inCheckout('package-lock.json');
const marker = inCheckout('node_modules/.tandem-installed');
const listing = inCheckout('node_modules/.package-lock.json');

const fingerprint = () =>
  createHash('sha256').update(`${process.platform}-${process.arch}\n`).update(readFileSync(lockfile)).digest('hex');

const isNewer = (file, than) => existsSync(file) && statSync(file).mtimeMs >= statSync(than).mtimeMs;

/** An image contains its node_modules; nothing is ever downloaded there. */
const isImage = () => process.env.NODE_ENV === 'production' || !existsSync(lockfile);

const isInstalled = () => {
  if (!existsSync(modules)) return false;
  if (isImage()) return true;
  if (existsSync(marker)) return readFileSync(marker, 'utf8') === fingerprint();
  // npm ci was run by hand: npm writes this file last
  return isNewer(listing, lockfile);
};

/** Runs the npm that runs this script, in a folder of the checkout. Resolves with its exit code, or the signal that ended it. */
export const npm = (args, folder = checkout) =>
  new Promise((resolve, reject) => {
    const { NODE_ENV: _unset, ...env } = process.env;
    const [program, ...first] = env.npm_execpath?.endsWith('.js') ? [process.execPath, env.npm_execpath] : ['npm'];
    const options = { cwd: folder, env, stdio: 'inherit', shell: process.platform === 'win32' };
    const child = spawn(program, [...first, ...args, '--no-audit', '--no-fund', '--loglevel=error'], options);
    child.once('error', (error) => reject(new Error(`npm cannot be run: ${error.message}`)));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });

/** If a registry lacks the builds for some platform, npm ci rejects the lockfile; npm install leaves them out. */
const installAll = async () => {
  const { code, signal } = await npm(['ci']);
  if (code === 0) return;
  if (signal !== null || code >= 128) throw new Error('the installation was interrupted');
  console.error('tandem: npm ci failed, see above; trying npm install, which leaves the lockfile as it is');
  if ((await npm(['install', '--no-save'])).code !== 0)
    throw new Error('the dependencies cannot be installed, see above');
};

/** Installs the dependencies if there are none or the lockfile changed. */
export const install = async () => {
  if (isInstalled()) return;
  const waiting = (pid) => console.error(`tandem: waiting for process ${pid}, which installs the dependencies`);
  await withFileLock(inCheckout('.tandem/install.lock'), waiting, async () => {
    if (isInstalled()) return;
    console.error('tandem: installing the dependencies (npm ci), about a minute');
    await installAll();
    writeFileSync(marker, fingerprint());
  });
};
