import { createHash } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { CommandFailure, usageError } from '../command-failure.ts';
import type { Io } from '../io/io.ts';

export type ExportFormat = 'ndjson' | 'csv';

/** Where an export goes: a file, or stdout. */
export type Saved = { readonly file: string | undefined; readonly format: ExportFormat };

/**
 * Writes an export as it arrives, and checks that it is complete; resolves with a sentence about it. A file appears under its name only once it is complete.
 * Rejects with `unreachable` if the export broke off.
 */
export const saveExport = async (
  body: ReadableStream<Uint8Array>,
  { file, format }: Saved,
  io: Io,
): Promise<string> => {
  const ending = exportEnding();
  const checked = Readable.fromWeb(body).map((chunk: Uint8Array) => {
    ending.add(chunk);
    return chunk;
  });
  if (file === undefined) {
    try {
      for await (const chunk of checked) await io.write(chunk as Uint8Array);
    } catch (error) {
      throw brokenOff(error, io.signal);
    }
  } else await writeComplete(checked, file, () => requireComplete(format, ending), io.signal);
  requireComplete(format, ending);
  return `${format === 'ndjson' ? `${ending.count() - 1} lines, complete` : 'Complete'}${file === undefined ? '' : `: ${file}`}.`;
};

/** A file that appears under its name once all of the source is in it, and `check` does not throw. */
export const writeComplete = async (
  source: Readable,
  file: string,
  check: () => void,
  signal: AbortSignal,
): Promise<void> => {
  const part = `${file}.part`;
  try {
    await pipeline(source, createWriteStream(part, { mode: 0o600 }), { signal });
    check();
    await rename(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    const { code } = error as { readonly code?: unknown };
    if (typeof code === 'string' && /^E(ACCES|NOENT|ISDIR|NOSPC|PERM|ROFS)$/.test(code)) {
      throw usageError(`${file} cannot be written: ${(error as Error).message}`);
    }
    throw brokenOff(error, signal);
  }
};

const brokenOff = (error: unknown, signal: AbortSignal): unknown => {
  if (signal.aborted) return signal.reason;
  if (error instanceof CommandFailure) return error;
  return new CommandFailure('unreachable', 'The export broke off. What was written is incomplete.', 'Repeat it.', {
    cause: error,
  });
};

type Ending = {
  readonly add: (chunk: Uint8Array) => void;
  readonly count: () => number;
  /** Whether the last line is the end of this export: its count and SHA-256 are those of the lines before it. */
  readonly isComplete: () => boolean;
};

const LINE_FEED = 0x0a;

/** Hashes all lines but the last one, which may still be arriving. */
export const exportEnding = (): Ending => {
  const hash = createHash('sha256');
  let [last, lines]: [Buffer, number] = [Buffer.alloc(0), 0];
  const add = (chunk: Uint8Array) => {
    let rest = Buffer.concat([last, chunk]);
    // the line that ends in the last byte may be the end of the export
    for (let feed = rest.indexOf(LINE_FEED); feed >= 0 && feed < rest.length - 1; feed = rest.indexOf(LINE_FEED)) {
      hash.update(rest.subarray(0, feed + 1));
      rest = rest.subarray(feed + 1);
      lines += 1;
    }
    last = rest;
  };
  return { add, count: () => lines + 1, isComplete: () => isEnd(last, lines, hash.copy().digest('hex')) };
};

const isEnd = (line: Buffer, count: number, sha256: string): boolean => {
  try {
    const { end } = JSON.parse(line.toString('utf8')) as { end?: { count?: unknown; sha256?: unknown } };
    return end?.count === count && end.sha256 === sha256;
  } catch {
    return false;
  }
};

/** The end of CSV is that of the response, which HTTP/1.1 shows. */
const requireComplete = (format: ExportFormat, ending: Ending): void => {
  if (format === 'csv' || ending.isComplete()) return;
  throw new CommandFailure(
    'unreachable',
    'The export is incomplete: its last line does not fit what precedes it.',
    'Repeat it.',
  );
};
