import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { zipEntry } from './zip-entry.ts';

/** An archive with one file, as small as the format allows; its local header has an extra field that the directory has not. */
const archiveWith = (name: string, content: string, method: 0 | 8): Buffer => {
  const data = method === 8 ? deflateRawSync(content) : Buffer.from(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  local.writeUInt16LE(4, 28);
  const body = Buffer.concat([local, Buffer.from(name), Buffer.alloc(4), data]);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(method, 10);
  entry.writeUInt32LE(data.length, 20);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, entry, Buffer.from(name), end]);
};

it.each([0, 8] as const)('reads an entry stored by method %i, and knows which are not there', async (method) => {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-zip-'));
  const file = join(directory, 'a.zip');
  writeFileSync(file, archiveWith('a/b.txt', 'hello hello hello', method));
  expect((await zipEntry(file, 'a/b.txt'))?.toString()).toBe('hello hello hello');
  expect(await zipEntry(file, 'a/c.txt')).toBeUndefined();
  writeFileSync(file, 'no archive');
  await expect(zipEntry(file, 'a')).rejects.toThrow('not a zip archive');
  rmSync(directory, { recursive: true });
});
