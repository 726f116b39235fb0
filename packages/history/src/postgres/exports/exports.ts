import type { ExportHistory } from '../../ports/exports.ts';
import { exportPage } from './export-page.ts';
import { exportSpan } from './export-span.ts';
import type { Exports } from './open-exports.ts';

export const exports = (database: Exports, timeoutMs: number): ExportHistory => ({
  exportSpan: exportSpan(database, timeoutMs),
  exportPage: exportPage(database),
  close: () => database.close(),
});
