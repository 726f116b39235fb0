import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StackFailure } from '../stack-failure.ts';
import { birthOf, isAlive, ownIdentity, type ProcessIdentity, sendSignal } from './identity.ts';

type RunRecord = ProcessIdentity & { owner: ProcessIdentity };

const read = (file: string): RunRecord | undefined => {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
  } catch {
    // half a record comes from a machine that went down while it was written: nothing of it can still run
    return undefined;
  }
};

/** Remembers which process serves this part and who started it, for the next start. */
export const writeRecord = (file: string, pid: number): void => {
  mkdirSync(dirname(file), { recursive: true });
  const record: RunRecord = { pid, birth: birthOf(pid) ?? '', owner: ownIdentity() };
  writeFileSync(`${file}.new`, JSON.stringify(record));
  renameSync(`${file}.new`, file);
};

export const removeRecord = (file: string): void => rmSync(file, { force: true });

/** Waits until a process is gone, at most `limitMs`; returns whether it is. */
export const waitUntilGone = async (identity: ProcessIdentity, limitMs: number): Promise<boolean> => {
  const end = performance.now() + limitMs;
  while (isAlive(identity)) {
    if (performance.now() > end) return false;
    await sleep(50);
  }
  return true;
};

/** Ends a process gracefully, after `limitMs` by SIGKILL. A later process with the same pid is not touched. */
export const endProcess = async (identity: ProcessIdentity, signal: NodeJS.Signals, limitMs: number): Promise<void> => {
  if (!isAlive(identity)) return;
  sendSignal(identity.pid, signal);
  sendSignal(identity.pid, 'SIGCONT');
  if (await waitUntilGone(identity, limitMs)) return;
  if (isAlive(identity)) sendSignal(identity.pid, 'SIGKILL');
  await waitUntilGone(identity, 5_000);
};

/**
 * Clears what a killed stack left: ends the recorded process if it still runs and its parent does not.
 * Rejects ALREADY_RUNNING when the parent is alive: two stacks must not share a directory.
 */
export const endStale = async (file: string, part: string, signal: NodeJS.Signals): Promise<void> => {
  const record = read(file);
  if (record !== undefined && isAlive(record)) {
    if (isAlive(record.owner)) {
      const { pid, owner } = record;
      throw new StackFailure(
        'ALREADY_RUNNING',
        `${part} of this directory runs (pid ${pid}), started by pid ${owner.pid}`,
      );
    }
    await endProcess(record, signal, 10_000);
  }
  removeRecord(file);
};
