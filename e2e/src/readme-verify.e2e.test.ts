import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { create } from './harness/v1.ts';
import { useWorld } from './harness/world.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tandem-readme-'));
const FILES = ['seals.ndjson', 'events.ndjson', 'backups.ndjson'];

const world = useWorld();

beforeAll(async () => {
  for (const name of ['scripts', 'package.json', 'package-lock.json']) {
    cpSync(join(checkout, name), join(folder, name), { recursive: true });
  }
  for (const name of ['apps', 'packages', 'prisma', 'node_modules'])
    symlinkSync(join(checkout, name), join(folder, name));
  mkdirSync(join(folder, '.tandem'));
  await create(world.api, 'backup1');
  await world.api.untilState('backup1', 'COMPLETED');
  await world.until(
    'every event is sealed',
    async () => (await world.api.call('/actuator/prometheus')).text,
    (text) => /^tandem_unsealed_events 0$/m.test(text) && /^tandem_oldest_unsealed_event_age_seconds 0$/m.test(text),
  );
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const readme = readFileSync(join(checkout, 'README.md'), 'utf8');
const [, block = ''] = /```sh\n(npm run audit:verify .*?)```/s.exec(readme) ?? [];

/** Types a line, at the address of that API. */
const type = async (line: string, apiUrl: string) => {
  const { PATH, HOME } = process.env;
  const child = spawn('sh', ['-c', line.replaceAll('http://127.0.0.1:8092', apiUrl)], {
    ...{ cwd: folder, env: { PATH, HOME }, stdio: ['ignore', 'pipe', 'pipe'] },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { line, code, output };
};
const typeAll = async (apiUrl: string) => {
  const answers = [];
  for (const line of block.trim().split('\n')) answers.push(await type(line, apiUrl));
  return answers;
};
const filesThatAreThere = () => FILES.filter((name) => existsSync(join(folder, name)));

it('works as the README has it while a stack runs', async () => {
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ELASTICSEARCH_URL: engineUrl } = world.environment({});
  const stack = { databaseUrl, databaseOwnerUrl: databaseUrl, redisUrl, engineUrl, pids: { start: process.pid } };
  writeFileSync(join(folder, '.tandem/stack.json'), JSON.stringify(stack));
  const answers = await typeAll(world.api.address);
  expect(answers.length).toBeGreaterThan(5);
  for (const answer of answers) expect(answer).toMatchObject({ code: 0 });
  expect(answers[0]?.output).toContain('Whole: nothing was tampered with.');
  expect(filesThatAreThere()).toEqual(FILES);
  for (const name of FILES) expect(statSync(join(folder, name)).size).toBeGreaterThan(0);
});

it('says that no stack runs where none does, and leaves no file', async () => {
  for (const name of [...FILES, '.tandem/stack.json']) rmSync(join(folder, name), { force: true });
  const answers = await typeAll('http://127.0.0.1:9');
  for (const { line, code, output } of answers) {
    expect({ line, code }).not.toMatchObject({ code: 0 });
    expect(output).toMatch(/runs no stack in this checkout|curl: \(7\)|seals.ndjson|events.ndjson/);
  }
  expect(answers[0]?.output).toContain('npm start runs no stack in this checkout.');
  expect(filesThatAreThere()).toEqual([]);
});
