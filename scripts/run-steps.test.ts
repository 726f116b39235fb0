import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const runSteps = fileURLToPath(new URL('./run/run-steps.mjs', import.meta.url));

/** A program of two steps, as scripts/run.mjs runs them: each says that it runs, and would run on for long. */
const program = `
  import { runSteps } from ${JSON.stringify(pathToFileURL(runSteps).href)};
  const step = { program: process.execPath, args: ['-e', 'console.log("a step runs"); setTimeout(() => {}, 60000)'] };
  process.exit(await runSteps(process.execPath, [{ ...step, again: () => ({ ...step, files: [] }) }, step]));
`;

/** What it printed, once nothing that it started is left to print: the pipe stays open until then. */
const ended = async (command: string, by: 'npm' | 'nobody', stop: (pid: number) => void): Promise<string> => {
  const { npm_lifecycle_event: _, ...inherited } = process.env;
  const env = {
    ...inherited,
    NODE: process.execPath,
    PROGRAM: program,
    ...(by === 'npm' && { npm_lifecycle_event: 'start' }),
  };
  const child = spawn('sh', ['-c', command], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (printed === '') stop(child.pid as number);
    printed += chunk;
  });
  await new Promise((resolve) => child.stdout.once('close', resolve));
  return printed;
};

const inShell = '"$NODE" --input-type=module -e "$PROGRAM"; true';

it.each(['SIGTERM', 'SIGKILL'] as const)(
  'ends with its steps when a %s ends the shell of npm alone',
  async (signal) => {
    expect(await ended(inShell, 'npm', (pid) => process.kill(pid, signal))).toBe('a step runs\n');
  },
);

it('runs no further step after one that a signal stopped', async () => {
  const direct = inShell.replace('; true', '').replace('"$NODE"', 'exec "$NODE"');
  expect(await ended(direct, 'nobody', (pid) => process.kill(pid, 'SIGTERM'))).toBe('a step runs\n');
});

/** What it prints to stderr, and its exit code, where each step is given as the codes of its first run and of its second. */
const printedBy = (...steps: readonly { readonly first: number; readonly second: number; readonly file: string }[]) => {
  const code = `
    import { runSteps } from ${JSON.stringify(pathToFileURL(runSteps).href)};
    const exits = (code) => ({ program: process.execPath, args: ['-e', \`process.exit(\${code})\`] });
    const steps = ${JSON.stringify(steps)}.map(({ first, second, file }) => ({
      ...exits(first),
      again: () => ({ ...exits(second), files: [file] }),
    }));
    process.exit(await runSteps(process.execPath, steps));
  `;
  const { stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  return { stderr, status };
};

const passes = { first: 0, second: 0, file: 'passes.test.ts' };
const flaky = { first: 1, second: 0, file: 'flaky.test.ts' };
const other = { ...flaky, file: 'other.test.ts' };
const fails = { first: 3, second: 1, file: 'fails.test.ts' };

it.each([
  ['nothing where no file is', [passes, passes], '', 0],
  ['one', [flaky, passes], 'tandem: 1 flaky file (failed, then passed alone; to be fixed): flaky.test.ts\n', 0],
  [
    'two',
    [flaky, other],
    'tandem: 2 flaky files (failed, then passed alone; to be fixed): flaky.test.ts, other.test.ts\n',
    0,
  ],
  [
    'one that is flaky before one that fails',
    [flaky, fails],
    'tandem: 1 flaky file (failed, then passed alone; to be fixed): flaky.test.ts\n',
    3,
  ],
  ['none that fails twice', [fails], '', 3],
])('names the flaky files in its last line: %s', (_, steps, stderr, status) => {
  expect(printedBy(...steps)).toEqual({ stderr, status });
});

it('replaces the shell of npm, which a signal kills without ending its child', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const ours = Object.entries<string>(scripts).filter(([, command]) => command.includes('scripts/run.mjs'));
  expect(ours.length).toBeGreaterThan(5);
  for (const [name, command] of ours)
    expect({ name, command }).toEqual({ name, command: expect.stringMatching(/^exec /) });
});
