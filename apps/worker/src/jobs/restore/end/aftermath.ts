import type { FailureCode } from '@tandem/shared/domain/failure/failures.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import {
  type Ending,
  partKey,
  type RestoreDetail,
  targetNames,
} from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { isKept } from '@tandem/shared/domain/restore/run/restore-rollback.ts';
import { isSentBlocked } from '@tandem/shared/domain/restore/run/restored-index.ts';
import type { LeftIndex } from '@tandem/shared/domain/restore/run/restoring.ts';
import { blockedLine, liftCalls, liftLine } from '@tandem/shared/domain/restore/run/write-block.ts';
import type { SafetyAtEnd } from '../safety/safety-check.ts';

export type Left = {
  readonly indices: readonly LeftIndex[];
  /** The URL at which Optimize responded, so that nothing was deleted. */
  readonly optimizeAt?: string;
};

const namesOf = (left: readonly LeftIndex[], why: LeftIndex['why']): readonly string[] =>
  left.filter((index) => index.why === why).map(({ name }) => name);

/** The index may contain new documents: a restore that leaves such an index has FAILED. */
export const mayHoldWrites = ({ why }: LeftIndex): boolean =>
  why === 'unblocked' || why === 'written' || why === 'unmeasured';

/** The final end: an incomplete rollback is a failure, also of a successful rehearsal or a stopped restore. */
export const endedAs = (ending: Ending, { indices, optimizeAt }: Left): Ending => {
  if (ending.state === 'FAILED') return ending;
  const stopped = ending.reason === undefined ? '' : `${ending.reason.message} `;
  const failed = (code: FailureCode, message: string): Ending => ({
    ...ending,
    state: 'FAILED',
    reason: { code, message: `${stopped}${message}`, data: { ...ending.reason?.data, step: ending.at } },
  });
  if (optimizeAt !== undefined) return failed('RESTORE_BLOCKED', 'It could not be rolled back.');
  return indices.some(mayHoldWrites)
    ? failed('RESTORE_WRITTEN', 'What was restored could not be rolled back completely.')
    : ending;
};

/** Adds what happened to the indices, and what an operator can do. */
export const withAftermath = (
  { task, memory }: RestoreDetail,
  reason: Reason,
  left: Left,
  safety: SafetyAtEnd | undefined,
): Reason => {
  const isSent = Object.keys(memory.parts).length > 0;
  const stays = isKept({ task, memory });
  const isRolledBack = isSent && !stays && left.optimizeAt === undefined;
  const lines = [
    isSent && stays ? 'What was restored was left in the engine, as requested.' : undefined,
    isRolledBack ? rolledBack(left) : undefined,
    ...linesOf(left),
    safety?.words,
  ].filter((line) => line !== undefined);
  const blocked = blockedNames(left);
  return {
    ...reason,
    message: [reason.message, ...lines].join(' '),
    data: {
      ...reason.data,
      left: left.indices.map(({ name }) => name),
      leftBecause: Object.fromEntries(left.indices.map(({ name, why }) => [name, why])),
      ...(blocked.length === 0 ? {} : { liftBlocks: liftCalls(blocked) }),
      rolledBack: isRolledBack && !left.indices.some(mayHoldWrites),
      safetyBackupId: safety?.safetyBackup?.backupId ?? null,
      safetyIntact: safety?.safetyBackup?.intact ?? null,
    },
  };
};

/** For a rollback that failed: the engine did not respond or refused, so only the names that may exist are known. */
export const exhaustedReason = (
  detail: RestoreDetail,
  ending: Ending,
  reason: Reason,
  safety: SafetyAtEnd | undefined,
): { readonly failure: Reason; readonly left: readonly string[] } => {
  const isDone = ending.state === 'SUCCEEDED' && !detail.task.copy;
  const left = isDone ? [] : sentTargets(detail);
  const blocked = (isDone ? blockedTargets(detail) : left).filter((name) => isSentBlocked(detail, name));
  const lines = isDone
    ? [reason.message, liftLine(blocked), safety?.words]
    : [
        ending.reason?.message,
        `What was restored could not be rolled back: ${reason.message}`,
        `These may be there: ${nameList(left)}.`,
        blockedLine(blocked),
        safety?.words,
      ];
  const failure = {
    ...reason,
    message: lines.filter((line) => line !== undefined).join(' '),
    data: {
      ...reason.data,
      step: isDone ? 'blocks' : ending.at,
      safetyBackupId: safety?.safetyBackup?.backupId ?? null,
      safetyIntact: safety?.safetyBackup?.intact ?? null,
      ...(isDone ? {} : { left, rolledBack: false, endedBecause: ending.reason?.code ?? null }),
      ...(blocked.length === 0 ? {} : { liftBlocks: liftCalls(blocked) }),
    },
  };
  return { failure, left };
};

/** Targets restored by this run, as far as recorded; if nothing is recorded, and for a part that no poll has found yet, all that were sent. */
const sentTargets = ({ task, memory, restored }: RestoreDetail): readonly string[] => {
  const recorded = Object.keys(restored);
  const sent = task.parts.filter((part) => memory.parts[partKey(part)] !== undefined);
  if (recorded.length === 0) return [...targetNames(sent)].sort();
  const unseen = sent.filter(
    (part) => memory.parts[partKey(part)] !== 'done' && targetNames([part]).every((name) => !(name in restored)),
  );
  return [...recorded, ...targetNames(unseen)].sort();
};

const blockedTargets = (detail: RestoreDetail): readonly string[] =>
  sentTargets(detail).filter((name) => !detail.memory.savedBlocks[name]?.includes('write'));

const rolledBack = ({ indices }: Left): string =>
  indices.some(mayHoldWrites) ? 'The rest of what was restored was rolled back.' : 'What was restored was rolled back.';

const blockedNames = ({ indices }: Left): readonly string[] =>
  indices.filter(({ isBlocked }) => isBlocked).map(({ name }) => name);

const linesOf = (left: Left): readonly (string | undefined)[] => [
  optimizeLine(left),
  writtenLine(left.indices),
  lineOf(left.indices, 'foreign', (names) => `Not deleted, because they are not provably of this restore: ${names}.`),
  blockedLine(blockedNames(left)),
];

const lineOf = (
  indices: readonly LeftIndex[],
  why: LeftIndex['why'],
  line: (names: string) => string,
): string | undefined => {
  const names = namesOf(indices, why);
  return names.length === 0 ? undefined : line(nameList(names));
};

const optimizeLine = ({ indices, optimizeAt }: Left): string | undefined =>
  optimizeAt === undefined
    ? undefined
    : `Optimize responds at ${optimizeAt}, so none of these were deleted: ${nameList(indices.filter(({ why }) => why !== 'foreign').map(({ name }) => name))}. Stop Optimize; then create a new plan with deleteExisting.`;

const writtenLine = (indices: readonly LeftIndex[]): string | undefined => {
  const reasons = [
    lineOf(indices, 'unblocked', (names) => `their write block was lifted by someone else (${names})`),
    lineOf(indices, 'written', (names) => `they were written to after they were restored (${names})`),
    lineOf(indices, 'unmeasured', (names) => `whether they were written to is not known (${names})`),
  ].filter((reason) => reason !== undefined);
  if (reasons.length === 0) return undefined;
  return `Indices of this restore were not deleted, because ${reasons.join('; ')}. Stop what writes to them and check their documents; then create a new plan with deleteExisting, or delete them.`;
};
