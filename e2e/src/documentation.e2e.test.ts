import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentedBlocks } from './harness/documents/documented-blocks.ts';
import { untilRestoreEnded } from './harness/requests/restores.ts';
import { useWorld } from './harness/world.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tandem-documentation-'));

// open: a page creates a key, and the others go on without one
const world = useWorld({ environment: { AUTH_MODE: 'open' } });

beforeAll(() => {
  for (const name of ['scripts', 'package.json', 'package-lock.json']) {
    cpSync(join(checkout, name), join(folder, name), { recursive: true });
  }
  for (const name of ['apps', 'packages', 'prisma', 'node_modules'])
    symlinkSync(join(checkout, name), join(folder, name));
  mkdirSync(join(folder, '.tandem'));
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ELASTICSEARCH_URL: engineUrl } = world.environment({});
  const stack = { databaseUrl, databaseOwnerUrl: databaseUrl, redisUrl, engineUrl, pids: { start: process.pid } };
  writeFileSync(join(folder, '.tandem/stack.json'), JSON.stringify(stack));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs it as a reader would who pastes it, at the address of that API. Production: node_modules is the checkout's, so nothing may be installed. */
const run = async (script: string, apiUrl: string) => {
  const { PATH, HOME } = process.env;
  const child = spawn('sh', ['-e', '-c', script.replaceAll('http://127.0.0.1:8092', apiUrl)], {
    ...{ cwd: folder, env: { PATH, HOME, NODE_ENV: 'production' }, stdio: ['ignore', 'pipe', 'pipe'] },
  });
  let [printed, errors] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk));
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, printed, errors };
};

const eventsAreSealed = () =>
  world.until(
    'every event is sealed',
    async () => (await world.api.call('/actuator/prometheus')).text,
    (text) => /^tandem_unsealed_events 0$/m.test(text) && /^tandem_oldest_unsealed_event_age_seconds 0$/m.test(text),
  );

const operationsEnded = () =>
  world.until(
    'no operation is open',
    async () => (await world.api.call('/actuator/prometheus')).text,
    (text) => !/^tandem_open_operations\{[^}]*\} [1-9]/m.test(text),
  );

const documents = [
  'README.md',
  ...readdirSync(join(checkout, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const blocks = documents.flatMap(documentedBlocks);

describe('every block marked sh, as it stands', () => {
  it('is found', () => {
    expect(blocks.length).toBeGreaterThan(10);
  });

  it.each(blocks)('$title', async ({ script, output }) => {
    await operationsEnded();
    if (script.includes('audit:verify')) await eventsAreSealed();
    const { code, printed, errors } = await run(script, world.api.address);
    expect(code, `${printed}${errors}`).toBe(0);
    if (output !== undefined) expect(JSON.parse(printed)).toEqual(output);
  });

  it('left a restored backup', async () => {
    const { operationId: id } = JSON.parse(readFileSync(join(folder, 'restore.json'), 'utf8')) as {
      operationId: string;
    };
    expect(await untilRestoreEnded(world, id)).toMatchObject({ state: 'SUCCEEDED', failure: null });
  });
});

describe('the commands that verify the history', () => {
  const FILES = ['seals.ndjson', 'events.ndjson', 'backups.ndjson'];
  const script = documentedBlocks('docs/history.md').find((block) => block.script.includes('--export-seals'))?.script;
  const lines = script?.split('\n') ?? [];
  const filesThatAreThere = () => FILES.filter((name) => existsSync(join(folder, name)));

  it('write complete files', () => {
    expect(lines.length).toBeGreaterThan(5);
    expect(filesThatAreThere()).toEqual(FILES);
    for (const name of FILES) expect(statSync(join(folder, name)).size).toBeGreaterThan(0);
  });

  it('say that no stack runs where none does, and leave no file', async () => {
    for (const name of [...FILES, '.tandem/stack.json']) rmSync(join(folder, name), { force: true });
    const outputs: string[] = [];
    for (const line of lines) {
      const { code, printed, errors } = await run(line, 'http://127.0.0.1:9');
      expect({ line, code }).not.toMatchObject({ code: 0 });
      outputs.push(printed + errors);
    }
    for (const output of outputs)
      expect(output).toMatch(/runs no stack in this checkout|curl: \(7\)|seals.ndjson|events.ndjson/);
    expect(outputs[0]).toContain('npm start runs no stack in this checkout.');
    expect(filesThatAreThere()).toEqual([]);
  });
});
