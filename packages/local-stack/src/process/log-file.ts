import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const ROTATE_AT_BYTES = 10 * 1024 * 1024;

export type LogFile = { path: string; fd: number; from: number; close(): void };

/** Opens a log for appending; one over 10 MB is moved aside to `.1` first. `from` is where this run's lines begin. */
export const openLog = (path: string): LogFile => {
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path) && statSync(path).size > ROTATE_AT_BYTES) renameSync(path, `${path}.1`);
  const fd = openSync(path, 'a', 0o644);
  return { path, fd, from: statSync(path).size, close: () => closeSync(fd) };
};

/** The last lines written since `from` (bytes), oldest first; empty when there is no such file. */
export const lastLines = (path: string, from = 0, count = 15): string[] => {
  if (!existsSync(path)) return [];
  const text = readFileSync(path).subarray(from).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count);
};
