/** Sorts by time, to the second in UTC; the end of a new UUID distinguishes two ids of the same second. `20221011-101112-1a2b3c4d`. */
export const newBackupId = (at: Date, uuid: string): string => {
  const [day = '', time = ''] = at.toISOString().slice(0, 19).split('T');
  return `${day.replaceAll('-', '')}-${time.replaceAll(':', '')}-${uuid.replaceAll('-', '').slice(-8)}`;
};
