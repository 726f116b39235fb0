import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { z } from 'zod';
import { CannotVerify } from './verify-arguments.ts';

const isGzip = async (file: string): Promise<boolean> => {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
};

/** Of a text file, gzipped or not; memory holds a few lines. Rejects with CannotVerify where it cannot be read. */
export async function* linesOf(file: string): AsyncIterable<string> {
  const input = await opened(file);
  const failed = new Promise<never>((_, reject) => {
    input.once('error', reject);
  });
  failed.catch(() => undefined); // told by the loop below
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([lines.next(), failed]);
      if (next.done) break;
      if (next.value !== '') yield next.value;
    }
    if (input.errored) throw input.errored;
  } catch (error) {
    throw new CannotVerify(`${file} cannot be read: ${(error as Error).message}`);
  } finally {
    input.destroy();
  }
}

const opened = async (file: string): Promise<Readable> => {
  try {
    const zipped = await isGzip(file);
    const source = createReadStream(file);
    if (!zipped) return source;
    const unzipped = createGunzip();
    pipeline(source, unzipped).catch((error: Error) => unzipped.destroy(error));
    return unzipped;
  } catch (error) {
    throw new CannotVerify(`${file} cannot be read: ${(error as Error).message}`);
  }
};

/** Each line as what the schema makes of it; CannotVerify names the line that is something else. */
export async function* rowsOf<Row>(file: string, schema: z.ZodType<Row>): AsyncIterable<Row> {
  let number = 0;
  for await (const line of linesOf(file)) {
    number += 1;
    const { success, data, error } = schema.safeParse(json(line));
    if (!success) {
      const [issue] = error.issues;
      throw new CannotVerify(`${file}, line ${number}: ${issue?.path.join('.') || 'it'}: ${issue?.message}`);
    }
    yield data;
  }
}

export const json = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // the schema refuses it
  }
};
