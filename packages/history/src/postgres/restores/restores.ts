import type { RestoreHistory } from '../../ports/restores.ts';
import type { Database } from '../connection/open-database.ts';
import { listRestores } from '../operations/list-operations.ts';
import { keepContents, readContents } from './contents.ts';
import { endedRehearsals, findRestore, openCreates, pastReports } from './read-restores.ts';
import { requestRestore } from './request-restore.ts';
import { stopRestore } from './stop-restore.ts';

export const restores = (database: Database): RestoreHistory => ({
  requestRestore: requestRestore(database),
  findRestore: findRestore(database),
  listRestores: listRestores(database),
  stopRestore: stopRestore(database),
  pastReports: pastReports(database),
  openCreates: openCreates(database),
  endedRehearsals: endedRehearsals(database),
  keepContents: keepContents(database),
  readContents: readContents(database),
});
