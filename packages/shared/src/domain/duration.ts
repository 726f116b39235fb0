const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A number and its unit: "500ms", "5s", "2m", "1h", "1d". */
export type Duration = `${number}${keyof typeof UNIT_MS}`;

/**
 * The milliseconds of "500ms", "1.5s", "2 m", "1h" or "1d", not rounded. Undefined: not a duration. A number without a unit is none, and neither
 * is a negative one.
 */
export const parseDuration = (text: string): number | undefined => {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/.exec(text.trim()) ?? [];
  return unit === undefined ? undefined : Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
};

/** The milliseconds of a duration that is written in the code. Throws an Error if it is not a duration. */
export const milliseconds = (duration: Duration): number => {
  const parsed = parseDuration(duration);
  if (parsed === undefined) throw new Error(`${duration} is not a duration`);
  return parsed;
};
