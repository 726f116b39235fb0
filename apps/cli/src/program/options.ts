import { parseDuration } from '@tandem/shared/domain/duration.ts';
import { usageError } from '../command-failure.ts';
import type { Option } from './command.ts';

/** A text. */
export const text = (flags: string, description: string): Option<string | undefined> => ({ flags, description });

export const requiredText = (flags: string, description: string): Option<string> => ({
  flags,
  description,
  required: true,
});

/** True where it is given. */
export const flag = (flags: string, description: string): Option<boolean> => ({
  flags,
  description,
  default: false,
});

/** `--no-NAME`: false where it is given. */
export const negatedFlag = (flags: `--no-${string}`, description: string): Option<boolean> => ({ flags, description });

export const choice = <const Choices extends readonly string[]>(
  flags: string,
  description: string,
  choices: Choices,
): Option<Choices[number] | undefined> => ({ flags, description, choices });

export const requiredChoice = <const Choices extends readonly string[]>(
  flags: string,
  description: string,
  choices: Choices,
): Option<Choices[number]> => ({ flags, description, choices, required: true });

/** One or several of a set, separated by commas or given repeatedly. */
export const choices = <const Choices extends readonly string[]>(
  flags: string,
  description: string,
  allowed: Choices,
): Option<Choices[number][] | undefined> => ({
  flags,
  description: `${description}: ${allowed.join(', ')}; several separated by commas`,
  suggestions: allowed,
  parse: (given, before = []) => [
    ...before,
    ...given.split(',').map((name) => {
      const found = allowed.find((one) => one.toLowerCase() === name.trim().toLowerCase());
      if (found === undefined) throw usageError(`must be one of ${allowed.join(', ')}, found ${JSON.stringify(name)}`);
      return found as Choices[number];
    }),
  ],
});

/** May be given repeatedly, or once with several separated by commas. */
export const texts = (flags: string, description: string): Option<string[] | undefined> => ({
  flags,
  description,
  parse: (given, before = []) => [...before, ...given.split(',').map((one) => one.trim())].filter((one) => one !== ''),
});

export const wholeNumber = (
  flags: string,
  description: string,
  { min, max }: { readonly min: number; readonly max: number },
): Option<number | undefined> => ({
  flags,
  description,
  parse: (given) => {
    const number = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
    if (number >= min && number <= max) return number;
    throw usageError(`must be a whole number from ${min} to ${max}, found ${JSON.stringify(given)}`);
  },
});

/** Milliseconds. */
export const duration = (flags: string, description: string): Option<number | undefined> => ({
  flags,
  description,
  parse: readDuration,
});

const readDuration = (given: string): number => {
  const ms = parseDuration(given);
  if (ms !== undefined) return ms;
  throw usageError(`must be a time such as 30s, 10m, 2h or 7d, found ${JSON.stringify(given)}`);
};

/** So long before now, or a moment. */
export type Since = { readonly agoMs: number } | { readonly at: string };

const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/** Date.parse takes February 31 for March 3. */
const isInCalendar = (given: string): boolean => {
  const day = given.slice(0, 10);
  const read = new Date(day);
  return Number.isFinite(Date.parse(given)) && Number.isFinite(read.getTime()) && read.toISOString().startsWith(day);
};

/** 1,000 years: further than any history, and within what a date can hold. */
const MAX_SPAN_MS = 365_250 * 86_400_000;

const readSince = (given: string): Since => {
  const agoMs = parseDuration(given);
  if (agoMs !== undefined && agoMs <= MAX_SPAN_MS) return { agoMs };
  if (TIME.test(given) && isInCalendar(given)) return { at: new Date(given).toISOString() };
  throw usageError(
    `must be a time span such as 7d or 12h, a day such as 2026-11-22, or a time with its zone such as 2026-11-22T18:40:00Z, found ${JSON.stringify(given)}`,
  );
};

export const moment = (flags: string, description: string): Option<Since | undefined> => ({
  flags,
  description,
  parse: readSince,
});

/** RFC 3339, as the API takes it. */
export const timeOf = (since: Since | undefined, now: Date): string | undefined => {
  if (since === undefined) return undefined;
  return 'at' in since ? since.at : new Date(now.getTime() - since.agoMs).toISOString();
};

/** The same of what is to come: a time span counts from now on. */
export const timeAhead = (until: Since | undefined, now: Date): string | undefined =>
  timeOf(until !== undefined && 'agoMs' in until ? { agoMs: -until.agoMs } : until, now);
