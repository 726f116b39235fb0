import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('./blocked-process.fixture.ts', import.meta.url));

const run = async (how: 'blocked' | 'busy', options: readonly string[] = [], limitMs = 30_000) => {
  const child = spawn(process.execPath, [...options, program, how], { stdio: ['ignore', 'pipe', 'ignore'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const [output, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  clearTimeout(timer);
  return { output, code, signal };
};

it('ends a process whose event loop is blocked, and names its last job', async () => {
  const { output, signal } = await run('blocked');
  expect(signal).toBe('SIGALRM');
  expect(JSON.parse(output)).toMatchObject({
    ...{ level: 60, name: 'worker', pid: expect.any(Number), time: expect.stringMatching(/^\d{4}-.*Z$/) },
    lastJob: 'operation 7 of backup nightly-1',
    msg: expect.stringContaining('the event loop has been blocked'),
  });
});

it('leaves a busy process alone whose event loop still turns', async () => {
  expect(await run('busy')).toEqual({ output: '', code: 0, signal: null });
});

it('is off while a debugger can attach', async () => {
  expect(await run('blocked', ['--inspect=127.0.0.1:0'], 1_500)).toMatchObject({ signal: 'SIGKILL', output: '' });
});
