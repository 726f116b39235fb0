import { BACKUP_STATES, type BackupState } from '../backup/backup.ts';

/** How many backups have which state where there are none. */
export const NO_BACKUPS = Object.fromEntries(BACKUP_STATES.map((state) => [state, 0])) as Readonly<
  Record<BackupState, number>
>;

/** Whether it is UTC or an IANA name. Offsets such as +02:00 are refused: PostgreSQL reads their sign the other way round. */
export const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false; // a RangeError: there is no such zone
  }
};

/** The day of a moment in that time zone, as YYYY-MM-DD. Use one function for many moments: the formatter is what takes time. */
export const dayIn = (timeZone: string): ((at: Date) => string) => {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (at) => {
    const { year, month, day } = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
    return `${year}-${month}-${day}`;
  };
};
