import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { checkout } from './checkout.mjs';
import { watchParent } from './parent-watch.mjs';

const exitCode = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 0);

/**
 * Runs one step. Resolves with its exit code and whether a signal stopped it. Forwards SIGTERM and SIGHUP. A terminal sends Ctrl-C to the
 * complete process group, so SIGINT is only forwarded without a terminal. If npm started this, the step gets SIGTERM when npm exits.
 */
const runStep = (node, { file, program = node, args, env, isStack = false }) =>
  new Promise((resolve, reject) => {
    const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
    const child = spawn(program, file === undefined ? args : [file, ...args], {
      cwd: checkout,
      env: { ...process.env, ...env, PATH: path },
      // the channel closes however this process dies, and the stack then stops itself
      stdio: isStack ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
    });
    let stopped = false;
    const pass = (signal) => {
      stopped = true;
      child.kill(signal);
    };
    const interrupt = () => {
      stopped = true;
      if (!process.stdin.isTTY) child.kill('SIGINT');
    };
    process.on('SIGTERM', pass);
    process.on('SIGHUP', pass);
    process.on('SIGINT', interrupt);
    // without npm it may be meant to outlive its parent, as with nohup
    const unwatch = process.env.npm_lifecycle_event && watchParent(() => pass('SIGTERM'));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGTERM', pass);
      process.off('SIGHUP', pass);
      process.off('SIGINT', interrupt);
      unwatch?.();
      resolve({ code: exitCode(code, signal), stopped });
    });
  });

/**
 * Runs steps in order until one fails or is stopped by a signal. Resolves with the exit code. The last line names the flaky files: those that
 * failed and passed when they ran again.
 */
export const runSteps = async (node, steps) => {
  const flaky = [];
  const code = await runAll(node, steps, flaky);
  if (flaky.length > 0) console.error(`tandem: ${flakySummary(flaky)}`);
  return code;
};

const runAll = async (node, steps, flaky) => {
  for (const step of steps) {
    const { code, stopped } = await runStep(node, step);
    if (stopped) return code;
    if (code === 0) continue;
    const again = step.again?.();
    if (again === undefined || (await runStep(node, again)).code !== 0) return code;
    flaky.push(...again.files);
  }
  return 0;
};

const flakySummary = (files) =>
  `${files.length === 1 ? '1 flaky file' : `${files.length} flaky files`} (failed, then passed alone; to be fixed): ${files.join(', ')}`;
