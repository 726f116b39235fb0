import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCli } from './build-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-cli-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const unpacked = join(folder, 'package');
let modules: readonly string[];

/** As a user has it who installed it from npm. */
const tandem = (...args: readonly string[]) => {
  const { PATH } = process.env;
  const options = { encoding: 'utf8', env: { PATH, HOME: folder }, cwd: folder } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(unpacked, 'tandem.js'), ...args], options);
  return { status, stdout, stderr };
};

beforeAll(async () => {
  modules = await buildCli(join(folder, 'built'));
  execFileSync('npm', ['pack', './built', '--pack-destination', folder, '--silent'], { cwd: folder, stdio: 'pipe' });
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  execFileSync('tar', ['-xzf', archive], { cwd: folder });
});

describe('the published command', () => {
  it('is one program without dependencies', () => {
    expect(readdirSync(unpacked).sort()).toEqual([
      'LICENSE',
      'README.md',
      'THIRD-PARTY.txt',
      'package.json',
      'tandem.js',
    ]);
    const description = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(description).toMatchObject({ bin: { tandem: 'tandem.js' }, engines: { node: '>=22.12' } });
    expect(Object.keys(description).filter((key) => /dependencies|private|scripts/i.test(key))).toEqual([]);
    expect(statSync(join(unpacked, 'tandem.js')).mode & 0o111).not.toBe(0);
  });

  it('holds nothing of offline/, of an adapter or of a server', () => {
    expect(modules).toContain('apps/cli/src/main.ts');
    const own = modules.filter((path) => !path.startsWith('node_modules/'));
    expect(
      own.filter(
        (path) => !/^(apps\/cli\/(src\/(?!offline\/)|package\.json)|packages\/(client|shared)\/src\/)/.test(path),
      ),
    ).toEqual([]);
    const licences = readFileSync(join(unpacked, 'THIRD-PARTY.txt'), 'utf8');
    expect(licences).toMatch(/^commander \d/m);
    expect(licences).not.toMatch(/^(@prisma|pg|bullmq|ioredis|@elastic)\b/m);
  });

  it('says nothing of the machine that built it', () => {
    const program = readFileSync(join(unpacked, 'tandem.js'), 'utf8');
    expect(program).not.toContain(process.cwd());
    expect(program).not.toContain('sourceMappingURL');
  });

  it('runs from where it was unpacked', () => {
    const { version } = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as { version: string };
    expect(tandem('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(tandem('backup', 'list', '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--since') });
    expect(tandem('complete', '--', 'back')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^backup\t/) });
    expect(tandem('status')).toMatchObject({ status: 2, stderr: expect.stringContaining('tandem context set') });
  });
});
