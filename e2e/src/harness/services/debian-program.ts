import {
  canInstallPackages,
  installPackages,
  refreshPackageLists,
} from '@tandem/local-stack/process/debian-packages.ts';
import { findProgram } from '@tandem/local-stack/process/find-program.ts';
import { StackFailure } from '@tandem/local-stack/stack-failure.ts';

const report = (line: string) => console.info(`tests: ${line}`);

/** Debian's own, installed where it is missing and that is possible. Undefined: it is not here, and the tests that need it are skipped. */
export const debianProgram = async (name: string, packageName: string): Promise<string | undefined> => {
  const found = findProgram(name);
  if (found !== undefined) return found;
  if (!canInstallPackages()) {
    report(`${name} is missing, and only root on Debian can install it here: its tests are skipped`);
    return undefined;
  }
  try {
    await refreshPackageLists(report);
    await installPackages([packageName], report);
  } catch (error) {
    if (!(error instanceof StackFailure)) throw error;
    report(`${name} cannot be installed here: its tests are skipped`);
  }
  return findProgram(name);
};
