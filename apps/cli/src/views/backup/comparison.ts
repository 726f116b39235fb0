import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { stacked, table } from '../../output/table.ts';
import { amount, bytes, counted, listed } from '../../output/units.ts';

export type IndexContents = {
  readonly index: string;
  readonly documents: number | null;
  readonly bytes: number | null;
};

export type BackupContents = {
  readonly backupId: string;
  readonly state: Schemas['BackupDetails']['state'];
  readonly requestedAt: string;
  readonly optimizeVersion: string;
  /** As recorded. Null: not measured. */
  readonly bytes: number | null;
  readonly indices: readonly IndexContents[];
  /** Why documents and sizes by index are not known. Null: they are, as far as they were recorded. */
  readonly unmeasured: string | null;
};

type Pair<Value> = readonly [Value, Value];

export type ComparedIndex = {
  readonly index: string;
  readonly in: 'both' | 'first' | 'second';
  /** In the first and in the second backup. Null: the index is not in it, or was not measured. */
  readonly documents: Pair<number | null>;
  readonly bytes: Pair<number | null>;
};

export type Comparison = {
  readonly backups: Pair<
    Omit<BackupContents, 'indices'> & { readonly indexCount: number; readonly documents: number | null }
  >;
  /** By name: those that are in one of them only, or have another number of documents. */
  readonly different: readonly ComparedIndex[];
  /** How many have the same number of documents in both. */
  readonly same: number;
  /** How many are in both, without documents to compare. */
  readonly notCompared: number;
};

/** What is in one backup and not in the other, by index and number of documents. */
export const compareBackups = (first: BackupContents, second: BackupContents): Comparison => {
  const all = comparedIndices(first, second);
  const isSame = ({ in: where, documents: [one, other] }: ComparedIndex) =>
    where === 'both' && one === other && one !== null;
  const isUnknown = ({ in: where, documents }: ComparedIndex) => where === 'both' && documents.includes(null);
  return {
    backups: [summaryOf(first), summaryOf(second)],
    different: all.filter((index) => !isSame(index) && !isUnknown(index)),
    same: all.filter(isSame).length,
    notCompared: all.filter(isUnknown).length,
  };
};

const comparedIndices = (first: BackupContents, second: BackupContents): readonly ComparedIndex[] => {
  const [ones, others] = [first, second].map(({ indices }) => new Map(indices.map((one) => [one.index, one])));
  const names = [...new Set([...(ones?.keys() ?? []), ...(others?.keys() ?? [])])].sort();
  return names.map((index) => {
    const [one, other] = [ones?.get(index), others?.get(index)];
    return {
      index,
      in: one === undefined ? 'second' : other === undefined ? 'first' : 'both',
      documents: [one?.documents ?? null, other?.documents ?? null],
      bytes: [one?.bytes ?? null, other?.bytes ?? null],
    };
  });
};

const summaryOf = ({ indices, ...backup }: BackupContents): Comparison['backups'][0] => ({
  ...backup,
  indexCount: indices.length,
  documents: indices.some(({ documents }) => documents === null)
    ? null
    : indices.reduce((sum, { documents }) => sum + (documents ?? 0), 0),
});

const BACKUPS = [
  { head: '' },
  { head: 'backup', min: 12 },
  { head: 'state' },
  { head: 'requested (UTC)', min: 16 },
  { head: 'indices', align: 'right' },
  { head: 'documents', align: 'right' },
  { head: 'size', align: 'right' },
] as const;

const INDICES = [
  { head: 'index', min: 20 },
  { head: 'first', align: 'right' },
  { head: 'second', align: 'right' },
  { head: 'difference', align: 'right' },
  { head: 'size', align: 'right' },
] as const;

export const comparison = ({ backups, different, same, notCompared }: Comparison, screen: Screen): string =>
  stacked(
    table(
      BACKUPS,
      backups.map((backup, nth) => [
        nth === 0 ? '1' : '2',
        backup.backupId,
        backup.state,
        listed(backup.requestedAt, screen.now),
        amount(backup.indexCount),
        documents(backup.documents),
        bytes(backup.bytes),
      ]),
      screen,
    ),
    '\n',
    table(
      INDICES,
      different.map((index) => row(index, screen)),
      screen,
      'No index has another number of documents.',
    ),
    `\n${counted(same, 'index', 'indices')} with the same number of documents${notCompared === 0 ? '' : `, ${notCompared} not compared`}.`,
    ...backups.flatMap(({ backupId, unmeasured }) => (unmeasured === null ? [] : [`${backupId}: ${unmeasured}`])),
  );

const documents = (count: number | null): string => (count === null ? '-' : amount(count));

const row = ({ index, in: where, documents: [one, other], bytes: sizes }: ComparedIndex, { style }: Screen) => [
  index,
  where === 'second' ? style.dim('absent') : documents(one),
  where === 'first' ? style.dim('absent') : documents(other),
  where === 'both' && one !== null && other !== null ? `${other > one ? '+' : ''}${amount(other - one)}` : '',
  bytes(sizes[where === 'first' ? 0 : 1]),
];
