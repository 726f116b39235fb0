import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readKey } from './read-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KEY = 'tdm_4f9a2c7b_secretsecret';
const fileWith = (text: string, mode: number) => {
  const file = join(folder, `key-${mode}-${text.length}`);
  writeFileSync(file, text, { mode });
  return file;
};
const read = async (source: Parameters<typeof readKey>[0], environment = {}) => {
  const warnings: string[] = [];
  const key = await readKey(source, { environment, userId: 1, warn: (line) => warnings.push(line) });
  return { key, warnings };
};

it('reads a key from a file, an environment variable or a command', async () => {
  expect(await read({ file: fileWith(`${KEY}\n`, 0o600) })).toEqual({ key: KEY, warnings: [] });
  expect(await read({ environment: 'KEY' }, { KEY })).toEqual({ key: KEY, warnings: [] });
  expect(await read({ command: `printf '%s\\nsecond line\\n' ${KEY}` })).toEqual({ key: KEY, warnings: [] });
});

it('warns of a key file that others can read', async () => {
  const file = fileWith(KEY, 0o644);
  expect((await read({ file })).warnings).toEqual([
    `Warning: other users may read the key in ${file}. chmod 600 ${file}`,
  ]);
});

it.each([
  ['an absent file', { file: '/none/key' }, /cannot be read: ENOENT/],
  ['an empty file', { file: fileWith(' \n', 0o600) }, /The key is empty/],
  ['a file of several lines', { file: fileWith(`${KEY}\n${KEY}\n`, 0o600) }, /several lines or words/],
  ['an absent variable', { environment: 'NONE' }, /NONE, which should hold the key, is not set/],
  ['a command that fails', { command: `echo ${KEY} >&2; exit 3` }, /failed with 3/],
])('refuses %s without repeating a key', async (_, source, message) => {
  const refusal = read(source);
  await expect(refusal).rejects.toThrow(
    expect.objectContaining({ exit: 'usage', message: expect.stringMatching(message) }),
  );
  if (!('command' in source)) await expect(refusal).rejects.not.toThrow(KEY);
});
