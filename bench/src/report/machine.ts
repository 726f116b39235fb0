import { cpus, totalmem, type } from 'node:os';

const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(0)} GB`;

/** The machine, date and versions: figures mean nothing without them. */
export const machineText = (now: Date, versions: Readonly<Record<string, string>>): string => {
  const cores = cpus();
  const software = Object.entries({ Node: process.versions.node, ...versions }).map(
    ([name, text]) => `${name} ${text}`,
  );
  const machine = `${cores[0]?.model.trim() ?? 'unknown processor'}, ${cores.length} cores, ${gigabytes(totalmem())}, ${type()}`;
  return `${now.toISOString().slice(0, 10)}. ${machine}. ${software.join(', ')}.`;
};
