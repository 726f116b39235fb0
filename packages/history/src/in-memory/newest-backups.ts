import type { NewestBackups } from '../ports/summary.ts';
import { ofInstallation } from './figures.ts';
import type { BackupRow, Tables } from './tables.ts';

export const newestBackups = (tables: Tables, clusterUuid: string, indexPrefix: string): NewestBackups => {
  const living = ofInstallation(tables).filter(
    (row) => row.deletedAt === undefined && row.location.clusterUuid === clusterUuid && row.indexPrefix === indexPrefix,
  );
  return {
    completed: lastBy(
      living.filter(({ state }) => state === 'COMPLETED'),
      ({ finishedAt }) => finishedAt,
    ),
    proven: lastBy(
      living.filter(({ proof }) => proof !== undefined),
      ({ requestedAt }) => requestedAt,
    ),
  };
};

const lastBy = (rows: readonly BackupRow[], timeOf: (row: BackupRow) => Date | undefined): string | undefined =>
  rows
    .flatMap((row) => {
      const time = timeOf(row);
      return time === undefined ? [] : [{ key: row.key, time: time.getTime() }];
    })
    .sort((one, other) => one.time - other.time || Number(one.key) - Number(other.key))
    .at(-1)?.key;

export const lastCluster = (tables: Tables): string | undefined =>
  tables.backups
    .filter(({ origin }) => origin !== 'discovered')
    .sort((one, other) => Number(one.key) - Number(other.key))
    .at(-1)?.location.clusterUuid;
