import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './is-alive.mjs';

const holderOf = (file) => {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    // released at this moment
    return undefined;
  }
};

const tryTake = (file) => {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    // a link appears together with its content, so no process ever reads an empty lock
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
};

/** Removes a dead holder's lock; restores it if the holder turns out to be alive. */
const clearDead = (file) => {
  const aside = `${file}.dead.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return;
  }
  if (isAlive(holderOf(aside) ?? 0)) renameSync(aside, file);
  else rmSync(aside, { force: true });
};

/** Runs work that only one process at a time may do. The others wait; `waiting` is called once. */
export const withFileLock = async (file, waiting, work) => {
  mkdirSync(dirname(file), { recursive: true });
  for (let isFirst = true; !tryTake(file); isFirst = false) {
    const holder = holderOf(file);
    if (holder !== undefined && !isAlive(holder)) {
      clearDead(file);
      continue;
    }
    if (isFirst) waiting(holder);
    await sleep(300);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
};
