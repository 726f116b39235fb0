import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { state } from '../../output/style.ts';
import { fields, section, stacked, table } from '../../output/table.ts';
import { amount, bytes, counted, span, when } from '../../output/units.ts';
import { describeProgress, type Progress } from '../../wait/progress.ts';

export type BackupDetails = Schemas['BackupDetails'];

/** Everything an operator wants to know of one backup. */
export const backupDetails = (backup: BackupDetails, screen: Screen): string =>
  stacked(
    head(backup, screen),
    section('Parts', parts(backup, screen), screen),
    section('Restores and rehearsals', runs(backup, screen), screen),
  );

const head = (backup: BackupDetails, screen: Screen): string => {
  const { now, style } = screen;
  const { requestedAt, endedAt, asOf, hold, failure, lastError, nextAttemptAt, note } = backup;
  return fields(
    [
      ['Backup', backup.backupId],
      ['State', `${state(backup.state, style)}${asOf === null ? '' : `, as last seen ${when(asOf, now)}`}`],
      ['Progress', backup.progress && describeProgress(progressOf(backup), now)],
      ['Failure', failure && `${failure.message} (${failure.code})`],
      ['Last error', lastError && `${lastError.message} ${lastError.remedy}`],
      ['Next attempt', nextAttemptAt && when(nextAttemptAt, now)],
      ['Requested', when(requestedAt, now)],
      ['Took', endedAt && span(Date.parse(endedAt) - Date.parse(requestedAt))],
      ['Deleted', backup.deletedAt && when(backup.deletedAt, now)],
      ['Optimize', backup.optimizeVersion],
      ['Repository', backup.repository],
      ['Size', backup.bytes === null ? null : bytes(backup.bytes)],
      ['Indices', amount(new Set(backup.parts.flatMap(({ indices }) => indices)).size)],
      ['Proven', proven(backup, now)],
      ['Rehearsal', backup.failedRehearsal && `failed: ${backup.failedRehearsal.reason.message}`],
      ['Held', hold && `${hold.reason}${hold.until === null ? '' : `, until ${when(hold.until, now)}`}`],
      [
        'Labels',
        Object.entries(backup.labels)
          .map(([key, value]) => `${key}:${value}`)
          .join(', '),
      ],
      ['Note', note],
      ['Safety of', backup.safetyOf && `restore ${backup.safetyOf}`],
      ['Also', others(backup)],
    ],
    screen,
  );
};

const proven = ({ lastFullProof, lastPartialProof, state: name }: BackupDetails, now: Date): string => {
  if (lastFullProof !== null) return `${when(lastFullProof.at, now)}, by rehearsal ${lastFullProof.operationId}`;
  if (lastPartialProof !== null) return `only in part, ${when(lastPartialProof.at, now)}`;
  return name === 'COMPLETED' ? 'never: tandem backup rehearse proves it' : '-';
};

const others = ({ otherIncarnations }: BackupDetails): string =>
  otherIncarnations.length === 0
    ? ''
    : `${counted(otherIncarnations.length, 'other backup')} had this id: tandem backup list --id`;

const PARTS = [
  { head: 'part' },
  { head: 'state' },
  { head: 'shards', align: 'right' },
  { head: 'size', align: 'right' },
  { head: 'snapshot', min: 20 },
] as const;

const parts = ({ parts: all }: BackupDetails, screen: Screen): string =>
  table(
    PARTS,
    all.map(({ number, of, state: name, shards, bytes: size, snapshotName, drift }) => [
      `${number} of ${of}`,
      drift === null ? state(name, screen.style) : screen.style.bad(drift.is),
      shards === null ? '-' : `${shards.successful} of ${shards.total}`,
      bytes(size),
      snapshotName,
    ]),
    screen,
    '',
  );

const RUNS = [{ head: 'operation' }, { head: 'kind' }, { head: 'state' }, { head: 'ended (UTC)', min: 16 }] as const;

const MAX_RUNS = 10;

const runs = ({ restores, rehearsals }: BackupDetails, screen: Screen): string => {
  const all = [...restores, ...rehearsals].toSorted((one, other) => (one.requestedAt < other.requestedAt ? 1 : -1));
  const rows = all
    .slice(0, MAX_RUNS)
    .map(({ operationId, kind, state: name, endedAt }) => [
      operationId,
      kind,
      state(name, screen.style),
      endedAt === null ? '-' : when(endedAt, screen.now),
    ]);
  const rest = all.length - rows.length;
  return stacked(table(RUNS, rows, screen, ''), rest > 0 ? `and ${rest} more: tandem restore list --backup` : '');
};

/** How far a backup is, for `--wait`. */
export const progressOf = ({ state: name, progress, lastError, parts: all }: BackupDetails): Progress => {
  const step = lastError === null ? partOf(name, all) : `${name}, retrying after: ${lastError.message}`;
  const none = { shardsDone: 0, shards: 0, bytesDone: 0, bytes: 0, bytesPerSecond: null, estimatedEndAt: null };
  return { ...none, ...progress, step };
};

const partOf = (name: string, parts: BackupDetails['parts']): string => {
  const open = parts.find(({ state: part }) => part !== 'SUCCESS' && part !== 'EMPTY');
  return open === undefined || parts.length < 2 ? name : `${name}, part ${open.number} of ${open.of}`;
};
