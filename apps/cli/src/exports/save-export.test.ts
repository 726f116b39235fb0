import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadableStream } from 'node:stream/web';
import { afterAll, describe, expect, it } from 'vitest';
import type { Io } from '../io/io.ts';
import { exportEnding, saveExport } from './save-export.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LINES = '{"backupId":"a"}\n{"backupId":"ä"}\n';
const end = (lines: string, count: number) =>
  `${JSON.stringify({ end: { count, sha256: createHash('sha256').update(lines).digest('hex') } })}\n`;
const COMPLETE = LINES + end(LINES, 2);

/** As a response: in pieces of `size` bytes, `failing` at its end. */
const stream = (text: string, { size = 7, failing = false } = {}) => {
  const bytes = Buffer.from(text);
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = bytes.subarray(at, at + size);
      at += size;
      if (piece.length > 0) controller.enqueue(piece);
      else if (failing) controller.error(new TypeError('terminated'));
      else controller.close();
    },
  });
};

const ioOf = (written: string[]) =>
  ({
    write: async (chunk: Uint8Array) => void written.push(Buffer.from(chunk).toString('latin1')),
    signal: AbortSignal.any([]),
  }) as unknown as Io;

describe('an export', () => {
  it.each([1, 7, 4096])('is complete with its last line, in pieces of %i bytes', async (size) => {
    const file = join(folder, `complete-${size}.ndjson`);
    expect(await saveExport(stream(COMPLETE, { size }), { file, format: 'ndjson' }, ioOf([]))).toBe(
      `2 lines, complete: ${file}.`,
    );
    expect(readFileSync(file, 'utf8')).toBe(COMPLETE);
  });

  it('goes to stdout without a file', async () => {
    const written: string[] = [];
    expect(await saveExport(stream(COMPLETE), { file: undefined, format: 'ndjson' }, ioOf(written))).toBe(
      '2 lines, complete.',
    );
    expect(Buffer.from(written.join(''), 'latin1').toString('utf8')).toBe(COMPLETE);
  });

  it.each([
    ['the last line is missing', stream(LINES), /incomplete/],
    ['a line is missing', stream(COMPLETE.slice(COMPLETE.indexOf('\n') + 1)), /incomplete/],
    ['the connection breaks', stream(LINES, { failing: true }), /broke off/],
    ['it is empty', stream(''), /incomplete/],
  ])('leaves no file if %s', async (_, body, message) => {
    const file = join(folder, 'broken.ndjson');
    await expect(saveExport(body, { file, format: 'ndjson' }, ioOf([]))).rejects.toMatchObject({
      ...{ exit: 'unreachable', message: expect.stringMatching(message) },
    });
    expect([existsSync(file), existsSync(`${file}.part`)]).toEqual([false, false]);
  });

  it('says which file cannot be written', async () => {
    const file = join(folder, 'none/export.ndjson');
    await expect(saveExport(stream(COMPLETE), { file, format: 'ndjson' }, ioOf([]))).rejects.toMatchObject({
      ...{ exit: 'usage', message: expect.stringContaining(file) },
    });
  });

  it('is one without lines', () => {
    const ending = exportEnding();
    ending.add(Buffer.from(end('', 0)));
    expect(ending.isComplete()).toBe(true);
  });
});
