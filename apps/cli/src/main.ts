import { homedir } from 'node:os';
import { interrupted } from './command-failure.ts';
import { exitCode } from './exit-codes.ts';
import { runTandem } from './run-tandem.ts';

/** The `tandem` command. */

const stop = new AbortController();
const interrupt = (): void => {
  // the second time the operator does not want to wait for anything
  if (stop.signal.aborted) process.exit(exitCode('interrupted'));
  stop.abort(interrupted());
};
// a job of CI that is cancelled gets SIGTERM; without a handler the cursor of a terminal would stay hidden
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
// whoever read the output, such as `head`, has enough
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCode('ok'));
  });
}

process.exitCode = await runTandem(process.argv.slice(2), {
  environment: process.env,
  workingDirectory: process.cwd(),
  homeDirectory: homedir(),
  userId: process.getuid?.(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => new Date(),
  signal: stop.signal,
});
