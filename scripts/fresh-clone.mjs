// Tests a newcomer's first steps: clones this checkout's HEAD into a temporary folder and runs commands there with a clean environment.
//   node scripts/fresh-clone.mjs                   npm start until it is ready, its three curl lines, Ctrl-C; nothing may be left over
//   node scripts/fresh-clone.mjs 'npm test' …      each command in turn; stops at the first failure
// Options: --keep leaves the folder; --minutes N is the limit for each command, default 15.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { checkout } from './run/checkout.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean', default: false }, minutes: { type: 'string', default: '15' } },
});
const limitMs = Number(values.minutes) * 60_000;

/** Only what every login shell has: no setting of Tandem, no npm_… variables of the npm run that started this. */
const cleanEnvironment = () => {
  const passed = [
    'PATH',
    'HOME',
    'USER',
    'LANG',
    'TMPDIR',
    'NODE_EXTRA_CA_CERTS',
    'HTTPS_PROXY',
    'HTTP_PROXY',
    'NO_PROXY',
  ];
  const entries = Object.entries(process.env).filter(([name]) => passed.includes(name));
  const path = (process.env.PATH ?? '').split(':').filter((folder) => !folder.includes('node_modules'));
  return { ...Object.fromEntries(entries), PATH: path.join(':') };
};

const say = (text) => console.log(`fresh-clone: ${text}`);

const fail = (text) => {
  throw new Error(text);
};

const clone = () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-fresh-'));
  const { status, stderr } = spawnSync('git', ['clone', '-q', '--no-hardlinks', checkout, join(folder, 'tandem')]);
  if (status !== 0) fail(`git clone failed: ${stderr}`);
  return { folder, clone: join(folder, 'tandem') };
};

/** In its own session, so that a Ctrl-C can be sent to the complete process group as a terminal does. */
const start = (command, cwd, stdio) =>
  spawn('/bin/sh', ['-c', command], { cwd, env: cleanEnvironment(), detached: true, stdio });

const signalGroup = (child, signal) => {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
};

const ended = (child) => new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));

const withLimit = async (child, exit) => {
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), limitMs);
  const outcome = await exit;
  clearTimeout(timer);
  return outcome;
};

/** Processes that run in the clone or were started from it. Linux only. */
const processesIn = (folder) => {
  if (!existsSync('/proc/self/cwd')) return [];
  const isOurs = (pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder) || command.includes(folder);
    } catch {
      // gone meanwhile, or another user's
      return false;
    }
  };
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && isOurs(name));
};

const checkNothingIsLeft = async (folder, cloned) => {
  for (let wait = 0; wait < 20 && processesIn(folder).length > 0; wait += 1) await sleep(100);
  const left = processesIn(folder);
  if (left.length > 0) fail(`processes were left: ${left.join(', ')}`);
  for (const name of ['lock', 'stack.json']) {
    if (existsSync(join(cloned, '.tandem', name))) fail(`.tandem/${name} was left`);
  }
  say('no process, no lock and no stack.json is left');
};

const runCommand = async (command, { folder, clone: cwd }) => {
  say(command);
  const begun = performance.now();
  const child = start(command, cwd, 'inherit');
  const code = await withLimit(child, ended(child));
  if (code !== 0) fail(`"${command}" ended with ${code}`);
  say(`"${command}" took ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  await checkNothingIsLeft(folder, cwd);
};

const curlLines = (output) => output.split('\n').filter((line) => line.trim().startsWith('curl '));

const tryNpmStart = async ({ folder, clone: cwd }) => {
  say('npm start');
  const begun = performance.now();
  const child = start('npm start', cwd, ['ignore', 'pipe', 'pipe']);
  const exit = ended(child);
  let isOver = false;
  void exit.then(() => {
    isOver = true;
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
  }
  while (!output.includes('Ctrl-C stops everything')) {
    if (isOver) fail('npm start ended before it was ready');
    if (performance.now() - begun > limitMs) fail(`npm start was not ready after ${values.minutes} minutes`);
    await sleep(100);
  }
  say(`ready after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  if (!existsSync(join(cwd, '.tandem/stack.json'))) fail('there is no .tandem/stack.json');
  const lines = curlLines(output);
  if (lines.length !== 3) fail(`three curl lines were expected, there are ${lines.length}`);
  for (const line of lines) {
    const { status, stdout } = spawnSync('/bin/sh', ['-c', line.replace('curl', 'curl -sS --fail-with-body')]);
    say(`${line.trim()}\n${stdout}`);
    if (status !== 0) fail('it failed');
  }
  say('Ctrl-C');
  signalGroup(child, 'SIGINT');
  const code = await withLimit(child, exit);
  if (![0, 130, 'SIGINT'].includes(code)) fail(`npm start ended with ${code}`);
  await checkNothingIsLeft(folder, cwd);
};

const main = async () => {
  const cloned = clone();
  say(`a fresh clone in ${cloned.clone}`);
  try {
    if (positionals.length === 0) await tryNpmStart(cloned);
    for (const command of positionals) await runCommand(command, cloned);
    say('all is well');
  } finally {
    for (const pid of processesIn(cloned.folder)) process.kill(Number(pid), 'SIGTERM');
    if (!values.keep) rmSync(cloned.folder, { recursive: true, force: true });
  }
};

main().catch((error) => {
  console.error(`fresh-clone: ${error.message}`);
  process.exit(1);
});
