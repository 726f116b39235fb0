import type { ExportHistory } from '../ports/exports.ts';
import type { History } from '../ports/history.ts';
import { apiKeys } from './api-keys.ts';
import { backups } from './backups.ts';
import { doctor } from './doctor.ts';
import { dumpTables } from './dump.ts';
import { events } from './events.ts';
import { exports } from './exports.ts';
import { keys } from './keys.ts';
import { labels } from './labels.ts';
import { ledger } from './ledger.ts';
import { operations } from './operations.ts';
import { plans } from './plans.ts';
import { reconciliation } from './reconciliation.ts';
import { repositories } from './repositories.ts';
import { restores } from './restores.ts';
import { rollback } from './rollback.ts';
import { seals } from './seals.ts';
import { search } from './search.ts';
import { status } from './status.ts';
import { summary } from './summary.ts';
import { suspensions } from './suspensions.ts';
import { newTables, type Tables } from './tables.ts';
import { versions } from './versions.ts';

export type InMemoryHistory = History &
  ExportHistory & {
    /** Keeps all of it as it is now; the function that it returns puts it back, as a dump of a database does. */
    readonly dump: () => () => void;
  };

/**
 * The history without a database, for unit tests and simulations: no timers and no chance, `now` is the database's clock, keys count
 * from 1. A method takes effect at once when it is called, and resolves later.
 */
export const inMemoryHistory = ({ now }: { now: () => Date }): InMemoryHistory => {
  const tables: Tables = newTables(now);
  return {
    ...backups(tables),
    ...ledger(tables),
    ...operations(tables),
    ...restores(tables),
    ...plans(tables),
    ...suspensions(tables),
    ...labels(tables),
    ...events(tables),
    ...keys(tables),
    ...search(tables),
    ...summary(tables),
    ...status(tables),
    ...reconciliation(tables),
    ...repositories(tables),
    ...seals(tables),
    ...versions(tables),
    ...rollback(tables),
    ...doctor(tables),
    ...apiKeys(tables),
    ...exports(tables),
    dump: () => dumpTables(tables),
    check: async () => undefined,
    close: async () => undefined,
  };
};
