/** How times, spans of time, sizes and counts are written in tables. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SPANS = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [SECOND, 's'],
] as const;

/** The two largest units: `2 d 3 h`, `4 min 12 s`, `0.8 s`. */
export const span = (ms: number): string => {
  if (ms < 10 * SECOND) return `${(ms / SECOND).toFixed(1).replace(/\.0$/, '')} s`;
  const first = SPANS.findIndex(([size]) => ms >= size);
  const [size, unit] = SPANS[first] ?? SPANS[3];
  const [next, smaller] = SPANS[first + 1] ?? [undefined, ''];
  const full = Math.floor(ms / size);
  const rest = next === undefined ? 0 : Math.floor((ms % size) / next);
  return rest === 0 ? `${full} ${unit}` : `${full} ${unit} ${rest} ${smaller}`;
};

/** The largest unit: `3 h ago`, `in 5 min`, `just now`. */
export const relative = (time: string, now: Date): string => {
  const ms = now.getTime() - Date.parse(time);
  const distance = Math.abs(ms);
  if (distance < SECOND) return 'just now';
  const [size, unit] = SPANS.find(([one]) => distance >= one) ?? SPANS[3];
  const amount = `${Math.floor(distance / size)} ${unit}`;
  return ms < 0 ? `in ${amount}` : `${amount} ago`;
};

/** `2026-11-22 01:00:04` in UTC; a heading or what follows says so. */
export const utc = (time: string): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

/** `2026-11-22 01:00:04 UTC, 3 h ago` */
export const when = (time: string | null, now: Date): string =>
  time === null ? '-' : `${utc(time)} UTC, ${relative(time, now)}`;

/** Of a list whose heading says UTC: `2026-11-22 01:00, 3 h ago` */
export const listed = (time: string | null, now: Date): string =>
  time === null ? '-' : `${utc(time).slice(0, 16)}, ${relative(time, now)}`;

const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** `774.7 MiB` */
export const bytes = (count: number | null): string => {
  if (count === null) return '-';
  const power = count < 1 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log2(count) / 10));
  const amount = count / 1024 ** power;
  return `${power === 0 ? amount : amount.toFixed(1)} ${SIZES[power]}`;
};

/** `1,284,311` */
export const amount = (count: number): string => count.toLocaleString('en-US');

/** `1 index`, `3 indices` */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${amount(count)} ${count === 1 ? one : several}`;
