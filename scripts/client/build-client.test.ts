import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildClient } from './build-client.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'tandem-client-'));
const installed = join(home, 'node_modules/@tandem/client');
type Manifest = { readonly version: string; readonly dependencies: Readonly<Record<string, string>> };
const manifest = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** Installs what `npm pack` makes of the build, with the dependencies that it names, as npm would. */
beforeAll(() => {
  const built = join(home, 'built');
  buildClient(built);
  const npm = { cwd: home, encoding: 'utf8', env: { ...process.env, npm_config_cache: join(home, 'cache') } } as const;
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', built], npm)) as [{ filename: string }];
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(home, filename), '-C', installed, '--strip-components=1']);
  for (const name of Object.keys(manifest(installed).dependencies)) {
    mkdirSync(dirname(join(home, 'node_modules', name)), { recursive: true });
    symlinkSync(join(checkout, 'node_modules', name), join(home, 'node_modules', name));
  }
  writeFileSync(join(home, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(home, { recursive: true }));

const write = (name: string, text: string): string => {
  writeFileSync(join(home, name), text);
  return join(home, name);
};

const PROGRAM = `
import { createServer } from 'node:http';
import { ApiError, createClient, items, waitForBackup } from '@tandem/client';
import { nodeFetch } from '@tandem/client/node';
const server = createServer((request, response) => {
  response.writeHead(request.url.endsWith('/none') ? 404 : 200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ state: 'COMPLETED', items: [{ backupId: 'a' }], nextCursor: null, code: 'BACKUP_NOT_FOUND' }));
}).listen(0, '127.0.0.1', async () => {
  const url = 'http://127.0.0.1:' + server.address().port;
  const fetch = nodeFetch();
  for (const client of [createClient({ url }), createClient({ url, fetch })]) {
    const { state } = await waitForBackup(client, 'a');
    for await (const { backupId } of items(client, '/api/v1/backups')) console.log(state, backupId);
    const error = await waitForBackup(client, 'none').catch((one) => one);
    console.log(error instanceof ApiError, error.code);
  }
  await fetch.close();
  server.closeAllConnections();
  server.close();
});
`;

const TYPED = `
import { type components, createClient, items } from '@tandem/client';
import { nodeFetch } from '@tandem/client/node';
const client = createClient({ url: 'https://tandem.example.com', fetch: nodeFetch() });
const { status } = await client.get('/api/v1/status');
export const word: 'safe' | 'at-risk' | 'unknown' | 'not-protected' = status;
const accepted = await client.post('/api/v1/backups', { body: { reason: 'by hand' } });
export const id: string = accepted.operationId;
for await (const backup of items(client, '/api/v1/backups', { query: { state: ['FAILED'] } })) {
  const summary: components['schemas']['BackupSummary'] = backup;
  console.log(summary.backupId);
}
// @ts-expect-error no such path
await client.get('/api/v1/status/none');
// @ts-expect-error no such field
await client.post('/api/v1/backups', { body: { id: 'a' } });
`;

describe('the package of the client', () => {
  it('runs in plain Node', () => {
    const { stdout, stderr } = spawnSync(process.execPath, [write('program.js', PROGRAM)], { encoding: 'utf8' });
    const once = 'COMPLETED a\ntrue BACKUP_NOT_FOUND\n';
    expect({ stdout, stderr }).toEqual({ stdout: once + once, stderr: '' });
  });

  it.each([
    ['7', 'node_modules/typescript/bin/tsc'],
    ['5', 'packages/client-generator/node_modules/typescript/bin/tsc'],
  ])('has types that TypeScript %s understands', (_, tsc) => {
    const types = ['--types', 'node', '--typeRoots', join(checkout, 'node_modules/@types')];
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--skipLibCheck', ...types];
    const file = write('typed.ts', TYPED);
    const { stdout } = spawnSync(process.execPath, [join(checkout, tsc), ...options, file], {
      ...{ cwd: home, encoding: 'utf8' },
    });
    expect(stdout).toBe('');
  });

  it('needs nothing of Node but in its entry for Node', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
    const needing = files.filter((name) => /from '(node:|undici)/.test(readFileSync(join(installed, name), 'utf8')));
    expect(needing).toEqual([join('node', 'node-fetch.js')]);
    const index = files.filter((name) => readFileSync(join(installed, name), 'utf8').includes('/node-fetch'));
    expect(index).toEqual([]);
  });

  it('has the version and the dependencies of its workspace, and no sources', () => {
    const { version, dependencies } = manifest(join(checkout, 'packages/client'));
    expect(manifest(installed)).toMatchObject({ version, dependencies });
    const names = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    expect(names).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'index.js', 'index.d.ts']));
    expect(names.filter((name) => /(?<!\.d)\.ts$/.test(name))).toEqual([]);
  });
});
