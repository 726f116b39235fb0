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

/** The programs of that name in the folders of the PATH, in their order. */
export const findPrograms = (name: string): string[] =>
  pathFolders()
    .map((folder) => join(folder, name))
    .filter(isExecutable);

/** The file that a bare program name would run; undefined when the PATH has none. */
export const findProgram = (name: string): string | undefined => findPrograms(name)[0];
