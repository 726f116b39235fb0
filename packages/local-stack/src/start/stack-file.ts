import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineUrlSetting } from '../engine/engine-kinds.ts';

/** The contents of `.tandem/stack.json`, for users and scripts while `npm start` runs. The URLs contain passwords. */
export type StackFile = {
  apiUrl: string;
  /** As the apps connect. */
  databaseUrl: string;
  databaseOwnerUrl: string;
  redisUrl: string;
  engineUrl: string;
  /** The setting under which the apps have that URL. */
  engineSetting: EngineUrlSetting;
  repository: string | undefined;
  pids: Record<string, number>;
};

export const stackFileOf = (directory: string): string => join(directory, 'stack.json');

/** Written atomically, readable by its owner only. */
export const writeStackFile = (directory: string, content: StackFile): void => {
  const file = stackFileOf(directory);
  rmSync(`${file}.new`, { force: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

/** Undefined while no stack is ready. */
export const readStackFile = (directory: string): StackFile | undefined => {
  const file = stackFileOf(directory);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as StackFile) : undefined;
};

export const removeStackFile = (directory: string): void => rmSync(stackFileOf(directory), { force: true });
