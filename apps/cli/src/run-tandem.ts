import { CommanderError } from 'commander';
import { CommandFailure, usageError } from './command-failure.ts';
import { commands } from './commands/index.ts';
import { connect } from './connect/connect.ts';
import { loadConfig } from './context/config-file.ts';
import { exitCode } from './exit-codes.ts';
import { explainError } from './explain-error.ts';
import type { Io } from './io/io.ts';
import { terminalIo } from './io/terminal.ts';
import { render } from './output/render.ts';
import type { Screen } from './output/screen.ts';
import { styleOf } from './output/style.ts';
import { buildProgram, type Invocation } from './program/build-program.ts';
import { complete } from './program/complete.ts';
import type { Host } from './program/host.ts';
import { VERSION } from './version.ts';

/** Tables are made for terminals of this width, the width of most. */
const WIDTH = 80;

/** Runs one command line, without the program's name; resolves with the exit code and never rejects. */
export const runTandem = async (args: readonly string[], host: Host): Promise<number> => {
  const io = terminalIo(host);
  let code = exitCode('ok');
  const invoke = async (invocation: Invocation) => {
    code = await execute(invocation, host, io);
  };
  const program = buildProgram({
    version: VERSION,
    entries: commands,
    invoke,
    writeOut: (text) => void host.stdout.write(text),
    writeErr: (text) => void host.stderr.write(text),
    helpWidth: WIDTH,
  });
  try {
    if (args[0] === 'complete' && args[1] === '--') {
      complete(program, commands, args.slice(2), contextNames(host));
      return code;
    }
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode('ok') : exitCode('usage');
    return report(error, io);
  }
};

const execute = async ({ command, args, options, global }: Invocation, host: Host, io: Io): Promise<number> => {
  if (options.timeout !== undefined && options.wait === false) throw usageError('--timeout goes with --wait.');
  const open = () => connect(global, host, io);
  const client = command.needs === 'server' ? { client: await open() } : {};
  const outcome = await command.run({ args, options, io, host, connect: open, ...client });
  await io.write(render(outcome, global.output, screenOf(host)));
  for (const note of outcome.notes ?? []) io.say(note);
  return exitCode(outcome.exit ?? 'ok');
};

const contextNames = (host: Host): readonly string[] => {
  try {
    return Object.keys(loadConfig(host, () => undefined).contexts);
  } catch {
    // the next command says what is wrong with the file
    return [];
  }
};

const screenOf = ({ stdout, environment, now }: Host): Screen => ({
  style: styleOf(Boolean(stdout.isTTY), environment),
  now: now(),
  width: Math.max(WIDTH, stdout.isTTY ? (stdout.columns ?? WIDTH) : WIDTH),
});

const report = (error: unknown, io: Io): number => {
  const cause = io.signal.aborted && !(error instanceof CommandFailure) ? io.signal.reason : error;
  const { exit, lines } = explainError(cause, io.style);
  for (const line of lines) io.say(line);
  return exitCode(exit);
};
