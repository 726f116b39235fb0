/*
 * Names of the index and snapshot with which the doctor tries what it may do. They carry their time, so that a later run recognizes and removes
 * what a run left that was killed, and never anything younger: that may belong to a run in progress.
 */

const PREFIXES = ['tandem-doctor', 'doctor-of-tandem'] as const;

/** Longer than any run. */
const ABANDONED_MS = 600_000;

const NAME = /^(?:tandem-doctor|doctor-of-tandem)-([0-9]{13})-[0-9a-f]{8}$/;

/** `backupId` in the metadata of its snapshots, and the mark in the mapping of its indices. */
export const SCRATCH_MARK = 'tandem-doctor';

/** What the names begin with: never with the prefix of Optimize's indices. */
export const scratchPrefix = (indexPrefix: string): string =>
  PREFIXES.find((one) => !one.startsWith(`${indexPrefix}-`) && one !== indexPrefix) ?? PREFIXES[0];

/** `random`: at least eight hexadecimal digits, such as a UUID. */
export const scratchName = (indexPrefix: string, now: Date, random: string): string =>
  `${scratchPrefix(indexPrefix)}-${now.getTime()}-${random.replaceAll('-', '').slice(-8)}`;

/** Whether a run that was killed left it behind. */
export const isAbandonedScratch = (name: string, now: Date): boolean => {
  const [, madeAt] = NAME.exec(name) ?? [];
  return madeAt !== undefined && Number(madeAt) < now.getTime() - ABANDONED_MS;
};
