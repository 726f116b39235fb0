import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { usageError } from '../command-failure.ts';
import type { Host } from '../program/host.ts';
import { type Config, EMPTY_CONFIG, readConfig } from './config.ts';

type Location = Pick<Host, 'environment' | 'homeDirectory' | 'userId'>;

/** `$XDG_CONFIG_HOME/tandem/config.yaml`, by default below `~/.config`. */
export const configFileOf = ({ environment, homeDirectory }: Location): string =>
  join(environment.XDG_CONFIG_HOME || join(homeDirectory, '.config'), 'tandem', 'config.yaml');

const WRITABLE_BY_OTHERS = 0o022;
const READABLE_BY_OTHERS = 0o044;

/**
 * The configuration; an empty one if there is no file. A file that others can write is refused, since it names commands that are run;
 * one that others can read is reported to `warn`.
 */
export const loadConfig = (location: Location, warn: (line: string) => void): Config => {
  const file = configFileOf(location);
  const text = readOwn(file, location.userId, warn);
  if (text === undefined) return EMPTY_CONFIG;
  return readConfig(parsed(text, file), file);
};

const readOwn = (file: string, userId: number | undefined, warn: (line: string) => void): string | undefined => {
  try {
    if (userId !== undefined) checkMode(file, userId, warn);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw (error as NodeJS.ErrnoException).code === undefined
      ? error
      : usageError(`${file} cannot be read: ${(error as Error).message}`);
  }
};

const checkMode = (file: string, userId: number, warn: (line: string) => void): void => {
  const { mode, uid } = statSync(file);
  const remedy = `chmod 600 ${file}`;
  if (uid !== userId && uid !== 0) throw usageError(`${file} belongs to another user.`, 'Remove it, or make it yours.');
  if ((mode & WRITABLE_BY_OTHERS) !== 0) throw usageError(`Other users can write ${file}.`, remedy);
  if ((mode & READABLE_BY_OTHERS) !== 0) warn(`Warning: other users can read ${file}. ${remedy}`);
};

const parsed = (text: string, file: string): unknown => {
  try {
    return parse(text);
  } catch (error) {
    throw usageError(`${file} is not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** Replaces the file at once, readable by its owner only. */
export const saveConfig = (location: Location, config: Config): void => {
  const file = configFileOf(location);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.${process.pid}`;
  try {
    writeFileSync(next, stringify(config, { lineWidth: 0 }), { mode: 0o600 });
    renameSync(next, file);
  } finally {
    rmSync(next, { force: true });
  }
};
