import { type ChildProcess, spawn } from 'node:child_process';
import { inCheckout, type Program, programIn } from './paths.ts';
import { sharedStack } from './stack.ts';

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export type AppProcess = {
  readonly program: Program;
  readonly pid: number;
  /** Everything that it has written so far, both streams. */
  readonly output: () => string;
  readonly errors: () => string;
  /** Whether it said that it is ready. */
  readonly isReady: () => boolean;
  readonly exited: Promise<Exit>;
  /** Throws where it has ended already: what a test then waits for would prove nothing. */
  readonly signal: (signal: NodeJS.Signals) => void;
  /** What it sees when the process that started it is gone. */
  readonly disconnect: () => void;
  /** Ends it for good, whatever it is doing. */
  readonly kill: () => Promise<Exit>;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** The real program with exactly this environment; nothing of the tests' own reaches it but PATH and where Node keeps compiled code. */
export const startProgram = (
  program: Program,
  environment: Environment,
  args: readonly string[] = [],
  root = inCheckout(''),
): AppProcess => {
  const child = spawn(process.execPath, [programIn(program, root), ...args], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: sharedStack().compileCache, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} could not be started`);
  const chunks: string[] = [];
  const errors: string[] = [];
  let ready = false;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => chunks.push(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    chunks.push(text);
    errors.push(text);
  });
  child.on('message', (message) => {
    ready ||= message === 'ready';
  });
  const exited = exitOf(child);
  return {
    program,
    pid,
    output: () => chunks.join(''),
    errors: () => errors.join(''),
    isReady: () => ready,
    exited,
    signal: (signal) => {
      if (!child.kill(signal)) throw new Error(`${program} ${pid} has ended already: ${signal} cannot reach it`);
    },
    disconnect: () => child.disconnect(),
    kill: () => {
      child.kill('SIGKILL');
      return exited;
    },
  };
};

/** Resolves when it is gone and all of its output was read. Node tells no 'close' once the channel was cut, so the parts are awaited. */
const exitOf = async (child: ChildProcess): Promise<Exit> => {
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  const [exit] = await Promise.all([
    new Promise<Exit>((resolve) => void child.once('exit', (code, signal) => resolve({ code, signal }))),
    ...streams.map((stream) => new Promise<void>((resolve) => void stream.once('close', () => resolve()))),
  ]);
  return exit;
};
