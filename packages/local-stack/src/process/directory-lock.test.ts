import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeLock } from './directory-lock.ts';
import { birthOf } from './identity.ts';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tandem-lock-'));
  file = join(directory, 'lock');
});
afterEach(() => rmSync(directory, { recursive: true }));

const deadPid = () => spawnSync('true').pid;

describe('the lock of a directory', () => {
  it('is held by one until it is released', () => {
    const lock = takeLock(file);
    expect(lock.taken).toBe(true);
    expect(takeLock(file)).toMatchObject({ taken: false, holder: { pid: process.pid } });
    if (lock.taken) lock.release();
    expect(existsSync(file)).toBe(false);
  });

  it('of a living process is respected', () => {
    const other = spawn('sleep', ['30']);
    writeFileSync(file, JSON.stringify({ pid: other.pid, birth: birthOf(other.pid ?? 0) }));
    expect(takeLock(file)).toMatchObject({ taken: false, holder: { pid: other.pid } });
    other.kill('SIGKILL');
  });

  it.each([
    ['of a dead process', () => JSON.stringify({ pid: deadPid(), birth: 'x' })],
    ['of a process whose pid went to another', () => JSON.stringify({ pid: process.ppid, birth: 'born long ago' })],
    ['that was half written', () => '{"pid":'],
  ])('%s is replaced, and nothing else is left', (_, content) => {
    writeFileSync(file, content());
    const lock = takeLock(file);
    expect(lock.taken).toBe(true);
    expect(readdirSync(directory)).toEqual(['lock']);
    if (lock.taken) lock.release();
  });

  it('goes to exactly one of many that find a dead holder', async () => {
    writeFileSync(file, JSON.stringify({ pid: deadPid(), birth: 'x' }));
    const program = `
      import { takeLock } from ${JSON.stringify(join(import.meta.dirname, 'directory-lock.ts'))};
      console.log(takeLock(${JSON.stringify(file)}).taken);
      process.stdin.resume().once('end', () => process.exit());`;
    const children = Array.from({ length: 6 }, () => spawn(process.execPath, ['--input-type=module', '-e', program]));
    const outcomes = await Promise.all(children.map(async ({ stdout }) => String((await once(stdout, 'data'))[0])));
    // none ends before all have tried: a lock whose holder is gone goes to the next one
    for (const { stdin } of children) stdin.end();
    await Promise.all(children.map((child) => once(child, 'close')));
    expect(outcomes.map((outcome) => outcome.trim()).sort()).toEqual([
      'false',
      'false',
      'false',
      'false',
      'false',
      'true',
    ]);
  });
});
