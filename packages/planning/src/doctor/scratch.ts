import type { Snapshot, SnapshotOwner } from '@tandem/shared/domain/backup/snapshot.ts';
import type { Finding } from '@tandem/shared/domain/doctor/finding.ts';
import { isAbandonedScratch, SCRATCH_MARK, scratchPrefix } from '@tandem/shared/domain/doctor/scratch.ts';
import { type ScratchProblem, trialFinding, uncleanFinding } from '@tandem/shared/domain/doctor/trial-findings.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { DoctorEngine, DoctorSources } from './sources.ts';
import { wordsOf } from './words-of.ts';

const POLL_MS = 250;
/** How long a snapshot of an empty index may take. */
const SNAPSHOT_MS = 15_000;

export type Trial = {
  readonly sources: DoctorSources;
  readonly engine: DoctorEngine;
  readonly repository: string;
  /** Of the index and of the snapshot. */
  readonly name: string;
  /** Aborted: nothing more is created, and what was created is deleted. */
  readonly late: AbortSignal;
};

/**
 * Creates an index and a snapshot of it, reads both, and deletes them: names of our own, with a mark and their time. What a run left that was
 * killed is removed first; nothing is created while that fails. Nothing else is touched: an index is deleted only if its mapping, a snapshot
 * only if its metadata, has our mark. Where no index may be created, the snapshot of an index that does not exist shows whether the user may
 * create snapshots. Never rejects.
 */
export const tryScratch = async (trial: Trial): Promise<Finding> => {
  const { engine, repository, name, late } = trial;
  const unclean = await removeAbandoned(trial);
  if (unclean !== undefined) return unclean;
  const index = await problemOf('create an index', () => engine.createScratchIndex(name));
  const hasIndex = !index?.refused;
  const snapshot = late.aborted
    ? undefined
    : await problemOf('create a snapshot', () => takeSnapshot(trial, index === undefined));
  const snapshotLeft = snapshot?.refused || !hasIndex ? undefined : `snapshot ${name} in ${repository}`;
  const problems = [
    index,
    snapshot,
    await problemOf('delete a snapshot', () => removeSnapshot(engine, repository, name, true), snapshotLeft),
    hasIndex ? await problemOf('delete an index', () => removeIndex(engine, name), `index ${name}`) : undefined,
  ];
  return trialFinding(
    { scratch: name, repository },
    problems.filter((problem) => problem !== undefined),
  );
};

/** `left`: what stays if it fails. */
const problemOf = async (
  doing: string,
  run: () => Promise<unknown>,
  left?: string,
): Promise<ScratchProblem | undefined> => {
  try {
    await run();
    return undefined;
  } catch (error) {
    const forbidden = isFailure(error, 'ENGINE_FORBIDDEN');
    const refused = forbidden || isFailure(error, 'ENGINE_BLOCKED', 'ENGINE_REFUSED');
    return { doing, words: wordsOf(error), forbidden, refused, left };
  }
};

const ownerOf = ({ tandemVersion, newId }: DoctorSources): SnapshotOwner => ({
  backupId: SCRATCH_MARK,
  operationId: newId(),
  part: 1,
  of: 1,
  optimizeVersion: '0',
  tandem: tandemVersion,
});

const takeSnapshot = async (trial: Trial, hasIndex: boolean): Promise<void> => {
  const { sources, engine, repository, name, late } = trial;
  try {
    await engine.startSnapshot({ repository, name, indices: [name], owner: ownerOf(sources) });
  } catch (error) {
    // the engine checks the privilege before it finds no index
    if (!hasIndex && isFailure(error, 'INDEX_NOT_FOUND')) return;
    throw error;
  }
  for (let waitedMs = 0; waitedMs < SNAPSHOT_MS && !late.aborted; waitedMs += POLL_MS) {
    const [snapshot] = await engine.findSnapshots(repository, [name]);
    if (snapshot !== undefined && snapshot.state !== 'IN_PROGRESS') return requireSuccess(snapshot);
    await sources.sleep(POLL_MS);
  }
  throw new Error(`The snapshot ${name} of an empty index has not ended within ${SNAPSHOT_MS / 1_000} s.`);
};

const requireSuccess = ({ name, state, reason }: Snapshot): void => {
  if (state !== 'SUCCESS')
    throw new Error(`The snapshot ${name} of an empty index ended as ${state}: ${reason ?? 'no reason'}.`);
};

/** One that is gone is no error. `isOurs`: the name is of this run, so that the call is sent even if nothing has it. */
const removeSnapshot = async (
  engine: DoctorEngine,
  repository: string,
  name: string,
  isOurs: boolean,
): Promise<void> => {
  const [snapshot] = await engine.findSnapshots(repository, [name]);
  const isMarkedOrNone = snapshot === undefined ? isOurs : snapshot.owner?.backupId === SCRATCH_MARK;
  if (!isMarkedOrNone) return;
  await engine.deleteSnapshot(repository, name).catch((error: unknown) => {
    if (!isFailure(error, 'SNAPSHOT_NOT_FOUND')) throw error;
  });
};

const isMarked = (mappings: unknown): boolean =>
  typeof mappings === 'object' &&
  mappings !== null &&
  '_meta' in mappings &&
  typeof mappings._meta === 'object' &&
  mappings._meta !== null &&
  'tandem' in mappings._meta &&
  mappings._meta.tandem === SCRATCH_MARK;

const removeIndex = async (engine: DoctorEngine, name: string): Promise<void> => {
  const [index] = await engine.describeIndices([name]);
  if (index !== undefined && isMarked(index.mappings)) await engine.deleteIndices([name]);
};

/** Whoever may not see the scratch indices cannot have created one. */
const scratchIndices = (engine: DoctorEngine, prefix: string) =>
  engine.listIndices(prefix).catch((error: unknown) => {
    if (isFailure(error, 'ENGINE_FORBIDDEN')) return [];
    throw error;
  });

type Removal = { readonly doing: string; readonly left: string; readonly run: () => Promise<void> };

const removalsOf = async ({ sources, engine, repository }: Trial): Promise<readonly Removal[]> => {
  const prefix = scratchPrefix(sources.indexPrefix);
  const [snapshots, indices] = await Promise.all([
    engine.listSnapshots(repository, `${prefix}-`),
    scratchIndices(engine, prefix),
  ]);
  const abandoned = ({ name }: { readonly name: string }): boolean => isAbandonedScratch(name, sources.now());
  return [
    ...snapshots.filter(abandoned).map(({ name }) => ({
      doing: 'delete a snapshot',
      left: `snapshot ${name} in ${repository}`,
      run: () => removeSnapshot(engine, repository, name, false),
    })),
    ...indices.filter(abandoned).map(({ name }) => ({
      doing: 'delete an index',
      left: `index ${name}`,
      run: () => removeIndex(engine, name),
    })),
  ];
};

/** Undefined: nothing is left of earlier runs. */
const removeAbandoned = async (trial: Trial): Promise<Finding | undefined> => {
  let removals: readonly Removal[] = [];
  const unlisted = await problemOf('list snapshots and indices', async () => {
    removals = await removalsOf(trial);
  });
  const problems: ScratchProblem[] = unlisted === undefined ? [] : [unlisted];
  for (const { doing, run, left } of removals) problems.push(...[(await problemOf(doing, run, left)) ?? []].flat());
  return problems.length === 0 ? undefined : uncleanFinding(problems);
};
