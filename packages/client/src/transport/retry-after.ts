/** The header Retry-After in milliseconds: seconds, or a date. Undefined: absent, or not readable. */
export const retryAfterMs = (header: string | null | undefined, now: number): number | undefined => {
  if (header === null || header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  // Date.parse reads nearly anything, such as -1
  const date = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};
