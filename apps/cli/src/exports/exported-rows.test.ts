import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { CannotVerify } from './cannot-verify.ts';
import { exportedRows } from './exported-rows.ts';
import { linesOfFile } from './read-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-exported-rows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const Row = z.strictObject({ id: z.string(), reason: z.string().optional() });

const read = async (content: string | Buffer) => {
  const file = join(folder, 'export.ndjson');
  writeFileSync(file, content);
  const [found, notKnown, ids]: [string[], string[], string[]] = [[], [], []];
  const check = {
    found: ({ kind, where }: { kind: string; where: string }) =>
      found.push(`${kind} ${where.slice(folder.length + 1)}`),
    notKnownComplete: (name: string) => notKnown.push(name),
  };
  for await (const { id } of exportedRows(linesOfFile(file), Row, check)) ids.push(id);
  return { ids, found, notKnown: notKnown.length };
};

const end = (lines: string, count: number) =>
  `{"end":{"count":${count},"sha256":"${createHash('sha256').update(lines).digest('hex')}"}}\n`;

const LINES = '{"id":"1"}\n{"id":"2","reason":"é\u2028\u0085"}\n';
const EXPORT = LINES + end(LINES, 2);

it.each([
  ['as it was made', EXPORT],
  ['gzipped', gzipSync(EXPORT)],
  ['without the last line feed', EXPORT.trimEnd()],
  ['followed by a later one', EXPORT + EXPORT],
])('finds an export complete: %s', async (_name, content) => {
  const { found, notKnown, ids } = await read(content);
  expect({ found, notKnown, ids: ids.slice(0, 2) }).toEqual({ found: [], notKnown: 0, ids: ['1', '2'] });
});

it('finds an export of no lines complete', async () => {
  expect(await read(end('', 0))).toEqual({ ids: [], found: [], notKnown: 0 });
});

it.each([
  ['of an earlier version, or broken off', LINES],
  ['broken off after a complete one', EXPORT + LINES],
  ['empty', ''],
])('does not know whether an export is complete: %s', async (_name, content) => {
  expect(await read(content)).toMatchObject({ found: [], notKnown: 1 });
});

it.each([
  [
    'a line is missing',
    LINES.slice(LINES.indexOf('\n') + 1) + end(LINES, 2),
    /line 2: .* had 2 lines .*, but 1 with \S+ precede it/,
  ],
  ['a character differs', EXPORT.replace('é', 'e'), /line 3: the export had 2 lines/],
  ['its line ends were changed', EXPORT.replaceAll('\n', '\r\n'), /line 3/],
  ['a blank line was put in', `\n${EXPORT}`, /line 4/],
  ['its count was changed', EXPORT.replace('"count":2', '"count":3'), /had 3 lines/],
  ['an earlier part without an end comes first', `{"id":"0"}\n${EXPORT}`, /but 3 with \S+ precede it/],
])('finds that an export was changed: %s', async (_name, content, message) => {
  const { found } = await read(content);
  expect(found).toEqual([expect.stringMatching(/^export\.changed export\.ndjson, line/)]);
  expect(found[0]).toMatch(message);
});

it('names the line that is none of an export', async () => {
  await expect(read(`${LINES}{"end":1}\n`)).rejects.toThrow(
    /export\.ndjson, line 3: id must be a text, but it is missing\.$/,
  );
  await expect(read('{"id":"1","at":1,"by":2}\n')).rejects.toThrow(/line 1 must not contain "at", "by"\.$/);
  await expect(read(LINES.slice(0, -4))).rejects.toThrow(
    /line 2: must be a JSON object, found "\{\\"id\\":\\"2\\".*"\.$/,
  );
  await expect(read(LINES.slice(0, -4))).rejects.toThrow(CannotVerify);
});

it('says which file cannot be read', async () => {
  await expect(
    exportedRows(linesOfFile(join(folder, 'none')), Row)
      [Symbol.asyncIterator]()
      .next(),
  ).rejects.toThrow(/none cannot be read: ENOENT/);
  await expect(read(gzipSync(EXPORT).subarray(0, -9))).rejects.toThrow(/cannot be read: unexpected end of file/);
});
