import { cutList } from '../../cut-list.ts';
import type { Reason } from '../../failure/reason.ts';
import { nameList } from '../../name-list.ts';
import { type RestoreDetail, type RestoreTask, targetNames } from './restore-memory.ts';
import type { SeenIndex } from './restoring.ts';
import { blockedLine, liftCalls } from './write-block.ts';

const MAX_IN_WORDS = 10;

/**
 * Pure. What exists under the target names of a suspended restore, and from which snapshot: it may have been sent to the engine after the
 * state that the history holds, so that nothing of it is resumed or rolled back. Restored in place, what is blocked for writing is named with the
 * calls that lift the block. `seen` undefined: the engine did not answer. `safety` undefined: it takes none.
 */
export const abandonedRestore = (
  { task }: Pick<RestoreDetail, 'task'>,
  seen: readonly Pick<SeenIndex, 'name' | 'uuid' | 'source' | 'blocks'>[] | undefined,
  safety: CheckedSafety | undefined,
): Reason => {
  const targets = targetNames(task.parts);
  const names = new Set(targets);
  const there = seen?.filter(({ name }) => names.has(name));
  const absent = there && targets.filter((target) => there.every(({ name }) => name !== target));
  const blocked = task.inPlace ? (there ?? []).filter(({ blocks }) => blocks.includes('write')) : [];
  const blockedNames = blocked.map(({ name }) => name);
  const lines = [
    'It was abandoned, and nothing in the engine was touched.',
    whatIsThere(there, absent),
    blockedLine(blockedNames),
    safetyLine(task, safety),
  ];
  return {
    code: 'RESTORE_ABANDONED',
    message: lines.filter((line) => line !== undefined).join(' '),
    data: {
      targets: targets.length,
      ...cutOrNull(
        'there',
        there?.map(({ name, uuid, source }) => ({ index: name, uuid, source: source ?? null })),
      ),
      ...cutOrNull('absent', absent),
      safetyBackupId: task.safetyBackupId ?? null,
      safetyIntact: safety?.problems === undefined ? null : safety.problems.length === 0,
      ...(blockedNames.length === 0 ? {} : { liftBlocks: liftCalls(blockedNames) }),
    },
  };
};

const cutOrNull = (name: 'there' | 'absent', found: readonly unknown[] | undefined) =>
  found === undefined ? { [name]: null, [`${name}Count`]: null } : cutList(name, found, { count: `${name}Count` });

/** `problems` undefined: it could not be checked. */
export type CheckedSafety = { readonly problems: readonly string[] | undefined; readonly why?: string | undefined };

/** The history may be older than the deletion, or than the safety backup. */
const safetyLine = (
  { deletes, safetyBackupId }: RestoreTask,
  safety: CheckedSafety | undefined,
): string | undefined => {
  if (deletes.length === 0) return undefined;
  if (safetyBackupId === undefined) return 'It takes no safety backup: what it may have deleted is in none.';
  const { problems, why } = safety ?? { problems: undefined, why: 'it was not checked.' };
  if (problems === undefined)
    return `Its safety backup is ${safetyBackupId}; whether that is intact could not be checked: ${why}`;
  return problems.length === 0
    ? `What it may have deleted is in safety backup ${safetyBackupId}, which is intact.`
    : `Its safety backup ${safetyBackupId} is no longer intact: ${problems.join('; ')}.`;
};

const whatIsThere = (
  there: readonly Pick<SeenIndex, 'name' | 'source'>[] | undefined,
  absent: readonly string[] | undefined,
): string => {
  if (there === undefined) return 'The engine did not answer, so it is unknown what exists under its target names.';
  if (there.length === 0) return 'Nothing exists under its target names.';
  const listed = there.map(({ name, source }) => `${name} (${sourceWords(source)})`);
  const rest = absent === undefined || absent.length === 0 ? '' : ` ${absent.length} of its target names are absent.`;
  return `Found under its target names: ${nameList(listed, { max: MAX_IN_WORDS })}.${rest}`;
};

const sourceWords = (source: SeenIndex['source']): string =>
  source === undefined ? 'the engine names no snapshot' : `from snapshot ${source.snapshot} of ${source.repository}`;
