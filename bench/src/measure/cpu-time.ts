import { readFileSync } from 'node:fs';

/** The kernel counts in hundredths of a second, whatever the processor. */
const TICK_MS = 10;

/** User and system time that a process has used, in ms. Undefined where the system does not report it as Linux does. */
export const cpuTimeMs = (pid: number): number | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the second field, the program's name, may hold blanks
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return undefined;
  }
};
