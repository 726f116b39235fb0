import { spawn as spawnProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { spawn as spawnOnTerminal } from '@lydell/node-pty';
import { inCheckout } from './paths.ts';
import { until } from './until.ts';

/** The `tandem` command as users run it: a process of its own, with or without a terminal. */

const launcher = inCheckout('apps/cli/bin/tandem.mjs');

export type TandemRun = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Throws where stdout is no JSON. */
  readonly json: () => unknown;
};

export type TandemOptions = {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Written to stdin, which is then closed. */
  readonly input?: string;
  readonly node?: string;
};

/** A terminal session of one command. */
export type Session = {
  /** Everything that was drawn, without colours and cursor movements. */
  readonly screen: () => string;
  readonly raw: () => string;
  readonly until: (wanted: RegExp) => Promise<string>;
  readonly type: (text: string) => void;
  readonly exited: Promise<number>;
};

export type Tandem = {
  readonly home: string;
  readonly run: (args: readonly string[], options?: TandemOptions) => Promise<TandemRun>;
  readonly open: (args: readonly string[], options?: TandemOptions) => Session;
  readonly close: () => void;
};

/** A user with a home of their own, whose environment has nothing but `environment`. */
export const tandemUser = (environment: Readonly<Record<string, string | undefined>>): Tandem => {
  const home = mkdtempSync(join(tmpdir(), 'tandem-user-'));
  const { PATH } = process.env;
  const settings = ({ environment: more = {}, cwd = home }: TandemOptions) => ({
    cwd,
    env: { PATH, HOME: home, TERM: 'xterm-256color', ...environment, ...more },
  });
  return {
    home,
    run: (args, options = {}) => {
      const child = spawnProcess(options.node ?? process.execPath, [launcher, ...args], settings(options));
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.stdin.on('error', () => undefined).end(options.input ?? '');
      return new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (code) => resolve({ code, stdout, stderr, json: () => JSON.parse(stdout) }));
      });
    },
    open: (args, options = {}) => session(options.node ?? process.execPath, args, settings(options)),
    close: () => rmSync(home, { recursive: true, force: true }),
  };
};

const session = (
  node: string,
  args: readonly string[],
  settings: { cwd: string; env: Record<string, string | undefined> },
): Session => {
  const terminal = spawnOnTerminal(node, [launcher, ...args], {
    ...settings,
    name: 'xterm-256color',
    cols: 80,
    rows: 30,
  });
  let drawn = '';
  terminal.onData((text) => {
    drawn += text;
  });
  const screen = () => stripVTControlCharacters(drawn).replaceAll('\r\n', '\n');
  const exited = new Promise<number>((resolve) => void terminal.onExit(({ exitCode }) => resolve(exitCode)));
  return {
    screen,
    raw: () => drawn,
    until: (wanted) => until(`the terminal shows ${wanted}`, screen, (text) => wanted.test(text), { logs: screen }),
    type: (text) => terminal.write(text),
    exited,
  };
};
