import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Undefined: this machine lets us mount; else why not. */
export const whyNoMount = ((): string | undefined => {
  if (process.platform !== 'linux') return 'tmpfs is of Linux';
  const folder = mkdtempSync(join(tmpdir(), 'tandem-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'pipe' });
    execFileSync('umount', [folder], { stdio: 'pipe' });
    return undefined;
  } catch {
    return 'mounting a tmpfs needs root';
  } finally {
    rmSync(folder, { recursive: true });
  }
})();
