import { moment } from '../../program/options.ts';

/** A range of time; `what` is in it. */
export const during = (what: string) => ({
  since: moment('--since <time>', `only ${what} since: 7d, 12h, 2026-11-22, or a time with its zone`),
  until: moment('--until <time>', `only ${what} before, in the same form`),
});
