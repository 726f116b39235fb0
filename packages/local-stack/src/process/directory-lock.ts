import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { keepAtDeath, removeAtDeath } from './guard.ts';
import { isAlive, ownIdentity, type ProcessIdentity } from './identity.ts';

export type LockOutcome = { taken: true; release(): void } | { taken: false; holder: ProcessIdentity };

const read = (file: string): ProcessIdentity | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    // unreadable: another user's stack runs; a corrupt file belongs to no process
    if (!(error instanceof SyntaxError)) throw error;
    return { pid: 0, birth: '' };
  }
};

/** A link appears together with its content, so no process ever reads half a lock. False when the name is taken. */
const link = (from: string, to: string): boolean => {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

const same = (one: ProcessIdentity | undefined, other: ProcessIdentity) =>
  one?.pid === other.pid && one.birth === other.birth;

/** The name under which exactly one process may succeed this dead holder. */
const successionOf = (file: string, { pid, birth }: ProcessIdentity) =>
  `${file}.after-${createHash('sha256').update(`${pid} ${birth}`).digest('hex').slice(0, 12)}`;

/** Takes over from a dead holder. False: another process is about to, or was faster. */
const succeed = (file: string, own: string, dead: ProcessIdentity): boolean => {
  const succession = successionOf(file, dead);
  if (!link(own, succession)) {
    const other = read(succession);
    if (other !== undefined && !isAlive(other)) rmSync(succession, { force: true });
    return false;
  }
  // since the lock was read, another process may have taken it over and removed the succession
  const stillDead = same(read(file), dead);
  if (stillDead) renameSync(own, file);
  rmSync(succession, { force: true });
  return stillDead;
};

/**
 * Makes this process the only one to hold a file. The lock of a dead process is replaced; a pid that was given to another process since
 * does not count as alive. It is removed when we die, even by SIGKILL.
 */
export const takeLock = (file: string): LockOutcome => {
  mkdirSync(dirname(file), { recursive: true });
  const identity = ownIdentity();
  const own = `${file}.${identity.pid}`;
  try {
    for (;;) {
      writeFileSync(own, JSON.stringify(identity));
      if (link(own, file)) break;
      const holder = read(file);
      if (holder === undefined) continue;
      if (isAlive(holder)) return { taken: false, holder };
      if (succeed(file, own, holder)) break;
    }
  } finally {
    rmSync(own, { force: true });
  }
  removeAtDeath(file);
  const release = () => {
    keepAtDeath(file);
    if (same(read(file), identity)) rmSync(file, { force: true });
  };
  return { taken: true, release };
};
