import type { Tables } from './tables.ts';

type Rows = Omit<Tables, 'now'>;

/** Keeps all rows as they are now; the function that it returns puts them back, as often as it is called, as a dump of a database does. */
export const dumpTables = ({ now: _, ...tables }: Tables): (() => void) => {
  const kept = structuredClone(tables);
  return () => putBack(tables, structuredClone(kept));
};

const putBack = (tables: Rows, kept: Rows): void => {
  for (const name of ['backups', 'events', 'attempts', 'reconciliations', 'seals', 'doctorRuns'] as const) {
    const rows: unknown[] = tables[name];
    rows.length = 0;
    for (const row of kept[name]) rows.push(row);
  }
  for (const name of [
    'operations',
    'keys',
    'apiKeys',
    'leases',
    'contents',
    'plans',
    'changedRepositories',
    'verifications',
  ] as const) {
    const rows: Map<string, unknown> = tables[name];
    rows.clear();
    for (const [key, row] of kept[name]) rows.set(key, row);
  }
  Object.assign(tables.line, kept.line);
};
