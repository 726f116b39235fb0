import { duration, flag, moment, requiredText, text, wholeNumber } from './options.ts';

/** Options that have the same meaning in every command. */

export const reason = requiredText('--reason <text>', 'why, for the history');
export const optionalReason = text('--reason <text>', 'why, for the history');

export const index = text('--index <name>', 'only what contains this index');
export const since = moment(
  '--since <time>',
  'only what was requested since: 7d, 12h, 2026-11-22, or a time with its zone',
);
export const until = moment('--until <time>', 'only what was requested before, in the same form');

/** Of a list. */
export const page = {
  limit: wholeNumber('--limit <count>', 'how many to list at most, 50 by default', { min: 1, max: 1000 }),
  cursor: text('--cursor <cursor>', 'continue a list; the end of the page before names it'),
};

/** Of a command that starts something: whether to wait for its end. */
export const waiting = {
  wait: flag('--wait', 'wait until it has ended, and show its progress'),
  timeout: duration('--timeout <time>', 'stop waiting after this time, with exit code 7: 30s, 10m, 2h'),
};
