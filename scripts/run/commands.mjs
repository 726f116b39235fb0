import { inCheckout } from './checkout.mjs';
import { filesForSecondLook, forgetReport, reportArguments } from './second-look.mjs';
import { stackEnvironment } from './stack-environment.mjs';

/**
 * A step is a program for Node 24: a file and its arguments. `isStack`: it starts a stack, so it must notice when this runner exits.
 * `again`: returns the step that decides instead if this one fails, with the `files` it runs; undefined: the failure stands. Steps run in order until one fails.
 */
const app = (file) => (args) => [{ file: inCheckout(file), args }];
const asksForHelp = (args) => args.some((arg) => arg === '--help' || arg === '-h');
/** A program that needs PostgreSQL, Redis and an engine: it uses the stack that runs here, unless the caller sets URLs. */
const onStack =
  (file, without = asksForHelp) =>
  (args) => {
    const { line, env } = without(args) ? {} : stackEnvironment(process.env, args);
    if (line !== undefined) console.error(`tandem: ${line}`);
    return [{ file: inCheckout(file), args, env }];
  };
const stack = (file) => (args) => [{ file: inCheckout(file), args, isStack: true }];

const turbo = (args) => ({
  program: inCheckout('node_modules/.bin/turbo'),
  args: ['run', 'lint', 'types', 'unit', ...args],
  env: { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
});
const vitest = (project, args) => ({
  file: inCheckout('node_modules/vitest/vitest.mjs'),
  args: ['run', '--project', project, ...args],
});
/** In CI up to two failed files are run again. */
const real = (project, args, report = Boolean(process.env.CI)) => {
  if (!report) return vitest(project, args);
  forgetReport(project);
  if (!process.env.CI) return vitest(project, [...reportArguments(project), ...args]);
  const again = () => {
    const files = filesForSecondLook(project);
    return files && { ...vitest(project, ['--no-file-parallelism', ...files]), files };
  };
  return { ...vitest(project, [...reportArguments(project), ...args]), again };
};

/** All engines, or those that the arguments name; `--write` needs all of them, and writes what was seen into docs/engines.md. */
const engines = (args) => {
  const tests = real(
    'engines',
    args.filter((arg) => arg !== '--write'),
    true,
  );
  if (!args.includes('--write')) return [tests];
  const writer = inCheckout('scripts/engines/write-engines.ts');
  return [{ file: writer, args: ['--check'] }, tests, { file: writer, args: [] }];
};

export const commands = {
  start: stack('packages/local-stack/src/start.ts'),
  demo: stack('packages/local-stack/src/demo.ts'),
  reset: app('packages/local-stack/src/reset.ts'),
  api: onStack('apps/api/src/main.ts'),
  worker: onStack('apps/worker/src/main.ts'),
  migrate: onStack('apps/cli/src/offline/migrate.ts'),
  // exports need no database
  'audit:verify': onStack('apps/cli/src/offline/audit-verify.ts', (args) =>
    args.some((arg) => /^(--events|--backups|--help|-h)(=|$)/.test(arg)),
  ),
  'redis:adopt': onStack('apps/cli/src/offline/redis-adopt.ts'),
  // a key is made without a database
  keys: onStack('apps/cli/src/offline/keys.ts', (args) => args[0] === 'generate' || asksForHelp(args)),
  doctor: onStack('apps/cli/src/offline/doctor.ts'),
  bench: app('bench/src/main.ts'),
  simulate: app('simulation/src/main.ts'),
  mutate: app('mutation/run.mjs'),
  'build:cli': app('scripts/cli/build-cli.ts'),
  docs: app('scripts/write-docs.ts'),
  'build:client': app('scripts/client/write-client.ts'),
  'measure-style': app('scripts/measure-style.ts'),
  faults: (args) => [vitest('e2e', ['e2e/src/faults/', ...args])],
  check: (args) => [turbo(args)],
  engines,
  test: (args) => [turbo([]), real('integration', args), real('engines', args), real('e2e', args)],
};
