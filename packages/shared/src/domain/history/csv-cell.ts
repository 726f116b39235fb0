/**
 * What a spreadsheet takes for the beginning of a formula, and the apostrophe itself. Source: OWASP, CSV Injection; the wide ones are what
 * East Asian keyboards type.
 */
export const FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20'";

/**
 * A cell as exports write it: in quotes, and nothing at all for null. What begins like a formula, behind blanks or not, has an apostrophe
 * before it, so that a spreadsheet shows it as text; `readCell` takes that away again.
 */
export const csvCell = (value: string | null): string =>
  value === null ? '' : `"${isFormula(value) ? "'" : ''}${value.replaceAll('"', '""')}"`;

const isFormula = (value: string): boolean => {
  const first = value.replace(/^ +/, '').slice(0, 1);
  return first !== '' && FORMULA_STARTS.includes(first);
};

/** The value that `csvCell` wrote, from the text that a CSV parser returned. */
export const readCell = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell);

/** RFC 4180. */
export const CSV_LINE_END = '\r\n';
