#!/usr/bin/env node
// `tandem` in a checkout. Plain JavaScript, because the machine's own Node may be older than the one that runs TypeScript; the published package
// has a bundle in its place.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { node24 } from '../../../scripts/run/node24.mjs';

const program = fileURLToPath(new URL('../src/main.ts', import.meta.url));

const runOn = (node) => {
  const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  // a terminal sends Ctrl-C to both processes; this one has to outlive the other, which says how to follow what continues
  process.on('SIGINT', () => !process.stdin.isTTY && child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', fail);
  child.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
};

const fail = (error) => {
  console.error(`tandem: ${error.message}`);
  process.exit(5);
};

try {
  const node = node24();
  if (node === process.execPath) await import('../src/main.ts');
  else runOn(node);
} catch (error) {
  fail(error);
}
