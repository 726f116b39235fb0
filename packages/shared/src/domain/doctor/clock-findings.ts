import type { ClockReading } from './facts.ts';
import { type DoctorCheck, type Finding, failed, notKnown, ok, warn } from './finding.ts';

/** More than any synchronized clock is off. */
const WARN_MS = 5_000;
/** Signed requests and tokens are refused from here on (AWS SigV4: 5 minutes). */
const FAIL_MS = 300_000;

const REMEDY = 'Synchronize the clocks (NTP, chrony) of this machine and of that server.';

/** How far the clock is ahead of ours for certain; below zero: behind. */
const differenceMs = ({ clock, at, uncertaintyMs }: ClockReading): number => {
  const apart = clock.getTime() - at.getTime();
  return Math.sign(apart) * Math.max(0, Math.abs(apart) - uncertaintyMs);
};

const seconds = (ms: number): string => `${(Math.abs(ms) / 1_000).toFixed(1)} s`;

/** The clock of the server that is furthest from ours. */
export const clockFinding = (check: DoctorCheck, readings: readonly ClockReading[]): Finding => {
  const [worst] = readings
    .map((reading) => ({ server: reading.server, ms: differenceMs(reading) }))
    .sort((one, other) => Math.abs(other.ms) - Math.abs(one.ms));
  if (worst === undefined) return notKnown(check, 'The server does not report its time.', undefined);
  const evidence = { server: worst.server, differenceMs: Math.round(worst.ms) };
  if (Math.abs(worst.ms) <= WARN_MS) return ok(check, 'Its clock agrees with this machine.', evidence);
  const direction = worst.ms > 0 ? 'ahead of' : 'behind';
  const summary = `The clock of ${worst.server} is ${seconds(worst.ms)} ${direction} this machine.`;
  return (Math.abs(worst.ms) > FAIL_MS ? failed : warn)(check, summary, REMEDY, evidence);
};
