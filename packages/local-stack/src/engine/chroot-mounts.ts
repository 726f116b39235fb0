import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cached } from '../cached.ts';
import { runCommand } from '../process/run-command.ts';
import { cacheDirectory } from '../settings.ts';
import { StackFailure } from '../stack-failure.ts';
import type { Jdk } from './java.ts';

const MOUNTS = '/proc/mounts';
const program = resolve(import.meta.dirname, '../../java/ChrootMounts.java');

/** Whether a list of mounts has the root folder; inside a chroot it usually has not. */
export const hasRoot = (mounts: string): boolean => mounts.split('\n').some((line) => line.split(' ')[1] === '/');

/**
 * Arguments for `java` that let an engine run inside a chroot, where Java looks for the mount point of "/" in vain; none anywhere else.
 * Rejects PART_DID_NOT_START when this does not work with the JDK.
 */
export const chrootArguments = async (jdk: Jdk): Promise<string[]> => {
  const mounts = existsSync(MOUNTS) ? readFileSync(MOUNTS, 'utf8') : undefined;
  if (mounts === undefined || hasRoot(mounts)) return [];
  const name = `chroot-mounts-${jdk.major}-${createHash('sha256').update(jdk.home).digest('hex').slice(0, 8)}`;
  const list = join(cacheDirectory, `${name}.txt`);
  const patch = await cached(name, async (folder) => {
    const { code, output } = await runCommand(join(jdk.home, 'bin', 'java'), [program, folder, list]);
    if (code !== 0) throw new StackFailure('PART_DID_NOT_START', `no engine can run in this chroot:\n${output.trim()}`);
  });
  writeFileSync(`${list}.${process.pid}`, `${mounts}rootfs / rootfs rw 0 0\n`);
  renameSync(`${list}.${process.pid}`, list);
  return ['--patch-module', `java.base=${patch}`];
};
