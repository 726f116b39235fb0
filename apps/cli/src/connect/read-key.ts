import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { usageError } from '../command-failure.ts';
import type { KeySource } from '../context/config.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where keys are read from, apart from the source itself. */
export type KeyLocation = {
  readonly environment: Environment;
  readonly userId: number | undefined;
  readonly warn: (line: string) => void;
};

/** A password manager may ask something. */
const COMMAND_TIMEOUT_MS = 60_000;

/** The key of that source, never an empty one. Rejects with a usage error that does not contain it. */
export const readKey = async (source: KeySource, location: KeyLocation): Promise<string> => {
  const key = (await readSource(source, location)).trim();
  if (key === '') throw usageError(`The key is empty: ${describeKey(source)}.`);
  // fetch would quote a key that no header can carry
  if (!/^[\x21-\x7e]+$/.test(key))
    throw usageError(`This is no key, but several lines or words: ${describeKey(source)}.`);
  return key;
};

const readSource = (source: KeySource, location: KeyLocation): string | Promise<string> => {
  if ('file' in source) return readKeyFile(source.file, location);
  if ('command' in source) return runCommand(source.command);
  const value = location.environment[source.environment];
  if (!value)
    throw usageError(`The environment variable ${source.environment}, which should hold the key, is not set.`);
  return value;
};

/** Never the key itself. */
export const describeKey = (source: KeySource): string => {
  if ('file' in source) return `file ${source.file}`;
  return 'command' in source ? `command ${source.command}` : `environment variable ${source.environment}`;
};

const OPEN_TO_OTHERS = 0o077;

const readKeyFile = (file: string, { userId, warn }: KeyLocation): string => {
  try {
    const text = readFileSync(file, 'utf8');
    const { mode } = statSync(file);
    if (userId !== undefined && (mode & OPEN_TO_OTHERS) !== 0) {
      warn(`Warning: other users may read the key in ${file}. chmod 600 ${file}`);
    }
    return text;
  } catch (error) {
    throw usageError(`The key cannot be read: ${(error as Error).message}`);
  }
};

const runCommand = async (command: string): Promise<string> => {
  const [shell, option] = process.platform === 'win32' ? ['cmd.exe', '/c'] : ['/bin/sh', '-c'];
  try {
    const { stdout } = await promisify(execFile)(shell, [option, command], { timeout: COMMAND_TIMEOUT_MS });
    return stdout.trim().split(/\r?\n/)[0] ?? '';
  } catch (error) {
    // its output may hold the key
    const { code, killed } = error as { readonly code?: unknown; readonly killed?: boolean };
    const how = killed ? `did not end within ${COMMAND_TIMEOUT_MS / 1000} s` : `failed with ${code}`;
    throw usageError(`The command that prints the key ${how}: ${command}`);
  }
};
