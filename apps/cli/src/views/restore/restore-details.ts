import { nameList } from '@tandem/shared/domain/name-list.ts';
import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { state } from '../../output/style.ts';
import { fields, section, stacked, table } from '../../output/table.ts';
import { amount, bytes, counted, span, when } from '../../output/units.ts';
import { describeProgress, type Progress } from '../../wait/progress.ts';
import { actorName } from '../actor.ts';
import { restoreReport } from './restore-report.ts';

export type Restore = Schemas['Restore'];
export type RestoreDetails = Schemas['RestoreWithProgress'];

/** A restore or rehearsal: what it does, how far it is, what came of it. */
export const restoreDetails = (restore: RestoreDetails, screen: Screen): string =>
  stacked(
    head(restore, screen),
    section('Indices being restored', indices(restore, screen), screen),
    section('Compared with the backup', restoreReport(restore.report, screen), screen),
    section('What to do', remedies(restore), screen),
  );

const head = (restore: RestoreDetails, screen: Screen): string => {
  const { now, style } = screen;
  const { requestedAt, endedAt, failure, lastError, nextAttemptAt, suspension, target, chosenIndices } = restore;
  return fields(
    [
      [restore.kind === 'rehearse' ? 'Rehearsal' : 'Restore', restore.operationId],
      ['Of backup', restore.backupId],
      ['State', `${state(restore.state, style)}${endedAt === null ? `, step ${restore.step}` : ''}`],
      ['Progress', restore.progress && describeProgress(restoreProgress(restore), now)],
      ['Waiting', restore.waiting && `for ${restore.waiting.for}`],
      ['Stopped at', failure && restore.step],
      ['Failure', failure && `${failure.message} (${failure.code})`],
      ['Last error', lastError && `${lastError.message} ${lastError.remedy}`],
      ['Next attempt', nextAttemptAt && when(nextAttemptAt, now)],
      ['Suspended', suspension && `${suspension.message} (${suspension.code}), since ${when(suspension.at, now)}`],
      ['Requested', when(requestedAt, now)],
      ['By', actorName(restore.actor)],
      ['Reason', restore.reason],
      ['Cancelled', restore.stopReason],
      ['Took', endedAt && span(Date.parse(endedAt) - Date.parse(requestedAt))],
      ['Restores', counted(restore.indices, 'index', 'indices')],
      ['Only', chosenIndices && nameList(chosenIndices, { max: 10 })],
      ['Deletes', restore.deletes === 0 ? 'nothing' : counted(restore.deletes, 'index', 'indices')],
      ['Safety backup', restore.safetyBackupId],
      ['Restored as', target && `${target.renameReplacement} (${target.renamePattern})`],
    ],
    screen,
  );
};

const INDICES = [
  { head: 'index', min: 30 },
  { head: 'shards', align: 'right' },
  { head: 'size', align: 'right' },
] as const;
const MAX_INDICES = 10;

/** Those that are not done come first. */
const indices = ({ progress }: RestoreDetails, screen: Screen): string => {
  if (progress === null) return '';
  const open = progress.indices.filter(({ shardsDone, shards }) => shardsDone < shards);
  const rows = open
    .slice(0, MAX_INDICES)
    .map((one) => [one.index, `${one.shardsDone} of ${one.shards}`, `${bytes(one.bytesDone)} of ${bytes(one.bytes)}`]);
  const rest = open.length - rows.length + progress.moreIndices;
  return stacked(table(INDICES, rows, screen, ''), rest === 0 ? '' : `and ${amount(rest)} more`);
};

/** The next command, where there is one. */
const remedies = ({ state: name, operationId, safetyBackupId, failure, kind }: RestoreDetails): string => {
  if (name === 'SUSPENDED')
    return `It does nothing until it is cancelled: tandem restore cancel ${operationId} --reason '…'`;
  if (failure === null || kind === 'rehearse' || safetyBackupId === null) return '';
  return `If indices were deleted, the safety backup has them: tandem restore plan ${safetyBackupId} --delete-existing`;
};

const STEPS: Readonly<Record<Restore['step'], string>> = {
  preflight: 'checking',
  'safety-backup': 'safety backup',
  'delete-existing': 'deleting what is in the way',
  parts: 'restoring',
  templates: 'templates',
  compare: 'comparing with the backup',
  blocks: 'lifting write blocks',
  rollback: 'rolling back',
  done: 'done',
};

/** How far a restore or rehearsal is, for `--wait`. */
export const restoreProgress = ({ state: name, step, progress, lastError }: RestoreDetails): Progress => {
  const none = { shardsDone: 0, shards: 0, bytesDone: 0, bytes: 0, bytesPerSecond: null, estimatedEndAt: null };
  const part = progress === null || step !== 'parts' ? '' : `, ${progress.partsDone} of ${progress.parts} parts`;
  const words = name === 'RUNNING' ? `${STEPS[step]}${part}` : name;
  return { ...none, ...progress, step: lastError === null ? words : `${words}, retrying after: ${lastError.message}` };
};
