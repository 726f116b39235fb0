import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiError } from '@tandem/client/api-error.ts';
import { afterAll, expect, it } from 'vitest';
import type { Client } from '../../connect/client.ts';
import type { Io } from '../../io/io.ts';
import { seals } from './seals.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-seals-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PAGES: Readonly<Record<string, object>> = {
  first: { items: [{ number: 1 }, { number: 2 }], nextCursor: 'second' },
  second: { items: [{ number: 3 }], nextCursor: null },
};
const LINES = '{"number":1}\n{"number":2}\n{"number":3}\n';

const run = async (options: object, pages = PAGES) => {
  const get = async (_: string, { params }: { params: { query: { cursor?: string } } }) => {
    const page = pages[params.query.cursor ?? 'first'];
    if (page === undefined) throw new ApiError('Away.', { status: 503, code: 'HISTORY_UNREACHABLE' });
    return page;
  };
  const written: string[] = [];
  const write = async (chunk: string) => void written.push(chunk);
  const io = { write, signal: new AbortController().signal } as unknown as Io;
  const call = { client: { get } as unknown as Client, args: {}, options, io };
  const outcome = await seals.run(call as unknown as Parameters<typeof seals.run>[0]);
  return { outcome, written: written.join('') };
};

it('writes the seals of every page to stdout', async () => {
  expect(await run({})).toEqual({ outcome: {}, written: LINES });
});

it('writes them into a file, which appears once it is complete', async () => {
  const file = join(folder, 'seals.ndjson');
  const { first } = PAGES;
  await expect(run({ file }, { first: first ?? {} })).rejects.toMatchObject({ exit: 'unreachable' });
  expect(readdirSync(folder)).toEqual([]);
  await run({ file });
  expect(readFileSync(file, 'utf8')).toBe(LINES);
});
