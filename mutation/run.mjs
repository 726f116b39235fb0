import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { checkout, inCheckout } from '../scripts/run/checkout.mjs';
import { npm } from '../scripts/run/install.mjs';

const stryker = inCheckout('mutation/node_modules/@stryker-mutator/core/bin/stryker.js');

/** Changes the rules and adapters one place at a time and runs the unit tests that may notice. `--mutate FILES` takes some of them. */
if (!existsSync(stryker) && (await npm(['ci'], inCheckout('mutation'))).code !== 0) process.exit(1);
const args = [stryker, 'run', 'mutation/stryker.config.json', ...process.argv.slice(2)];
const child = spawn(process.execPath, args, { cwd: checkout, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => process.exit(code ?? 1));
