import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import { CommandFailure } from '../../command-failure.ts';
import type { Client } from '../../connect/client.ts';
import { exportedRows } from '../../exports/exported-rows.ts';
import { type Lines, linesOfFile, splitLines } from '../../exports/read-lines.ts';
import type { Exports } from '../../exports/verify-exports.ts';
import type { Io } from '../../io/io.ts';
import { type OpenExport, openExport } from './open-export.ts';
import { sealLines } from './seal-lines.ts';

export type Fetched = {
  readonly exports: Exports;
  /** Removes what was stored meanwhile. */
  readonly clear: () => Promise<void>;
};

/**
 * The history of a Tandem that keeps working. The seals come first, into a temporary file: every event that they seal is in the export that begins
 * later. A backup that changes between the export of the events and its own is recognised by its newer events.
 */
export const fetchedExports = async (client: Client, io: Io): Promise<Fetched> => {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-verify-'));
  const clear = () => rm(folder, { recursive: true, force: true });
  try {
    const seals = join(folder, 'seals.ndjson');
    await pipeline(Readable.from(sealLines(client)), createWriteStream(seals), { signal: io.signal });
    const events = await openExport(client, '/api/v1/events/export', {}, io.signal);
    return {
      exports: {
        seals: linesOfFile(seals),
        events: linesOf(events, 'the export of the events', io.signal),
        backups: { name: 'the export of the backups', lines: backupLines(client, io.signal) },
        changedSince: () => changedAfter(client, events.upTo, io.signal),
      },
      clear,
    };
  } catch (error) {
    await clear();
    throw error;
  }
};

const linesOf = ({ body }: OpenExport, name: string, signal: AbortSignal): Lines => ({
  name,
  lines: whileConnected(splitLines(Readable.fromWeb(body) as AsyncIterable<Buffer>), name, signal),
});

/** Not requested before the events were read. */
async function* backupLines(client: Client, signal: AbortSignal): AsyncIterable<Buffer> {
  const backups = await openExport(client, '/api/v1/backups/export', {}, signal);
  yield* linesOf(backups, 'the export of the backups', signal).lines;
}

const changedAfter = async (client: Client, after: string, signal: AbortSignal): Promise<ReadonlySet<string>> => {
  const newer = await openExport(client, '/api/v1/events/export', { after }, signal);
  const keys = new Set<string>();
  for await (const { backupKey } of exportedRows(linesOf(newer, 'the export of newer events', signal), ExportedEvent)) {
    if (backupKey !== null) keys.add(backupKey);
  }
  return keys;
};

async function* whileConnected(lines: AsyncIterable<Buffer>, name: string, signal: AbortSignal): AsyncIterable<Buffer> {
  try {
    yield* lines;
  } catch (error) {
    signal.throwIfAborted();
    const words = `Could not be checked: ${name} broke off. This says nothing about the history.`;
    throw new CommandFailure('unreachable', words, 'Repeat it.', { cause: error });
  }
}
