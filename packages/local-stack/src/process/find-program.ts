import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { pathFolders } from '../settings.ts';

/** Whether this file may be executed by us. */
export const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The file that a bare program name would run; undefined when the PATH has none. */
export const findProgram = (name: string): string | undefined =>
  pathFolders()
    .map((folder) => join(folder, name))
    .find(isExecutable);
