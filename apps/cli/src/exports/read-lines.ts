import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CannotVerify } from './cannot-verify.ts';

const isGzip = async (file: string): Promise<boolean> => {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
};

const LINE_FEED = 0x0a;

/** Lines with their line feeds; the last one may lack it. Messages call them `name`: that of a file, or what was fetched. */
export type Lines = { readonly name: string; readonly lines: AsyncIterable<Buffer> };

/** The lines of a file, gzipped or not. Streams the file. Rejects with CannotVerify if it cannot be read. */
export const linesOfFile = (file: string): Lines => ({ name: file, lines: bytesOfLines(file) });

async function* bytesOfLines(file: string): AsyncIterable<Buffer> {
  try {
    yield* splitLines((await opened(file)) as AsyncIterable<Buffer>);
  } catch (error) {
    throw new CannotVerify(`${file} cannot be read: ${(error as Error).message}`);
  }
}

/** Only line feeds separate lines, since JSON may contain all other line separators. */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let begun: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, from)) {
      const end = chunk.subarray(from, at + 1);
      yield begun.length === 0 ? end : Buffer.concat([...begun, end]);
      begun = [];
      from = at + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}

const opened = async (file: string): Promise<Readable> => {
  const zipped = await isGzip(file);
  const source = createReadStream(file);
  if (!zipped) return source;
  const unzipped = createGunzip();
  pipeline(source, unzipped).catch((error: Error) => unzipped.destroy(error));
  return unzipped;
};

/** The lines of a text file that are not blank. */
export async function* textLinesOf(file: string): AsyncIterable<string> {
  for await (const bytes of bytesOfLines(file)) {
    const line = bytes.toString().trim();
    if (line !== '') yield line;
  }
}

export const json = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // the schema rejects it
  }
};
