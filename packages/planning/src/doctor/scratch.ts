import type { Snapshot, SnapshotOwner } from '@tandem/shared/domain/backup/snapshot.ts';
import { type Finding, failed, notKnown, ok, warn } from '@tandem/shared/domain/doctor/finding.ts';
import { isAbandonedScratch, SCRATCH_MARK, scratchName, scratchPrefix } from '@tandem/shared/domain/doctor/scratch.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { DoctorEngine, DoctorSources } from './sources.ts';
import { wordsOf } from './words-of.ts';

const CHECK = 'engine-privileges';
const POLL_MS = 250;
/** How long a snapshot of an empty index may take. */
const SNAPSHOT_MS = 15_000;
const REMEDY = "Grant it to the engine's user; docs/security.md has a role with all that Tandem needs.";

type Step = { readonly doing: string; readonly run: () => Promise<unknown> };

/**
 * Creates an index and a snapshot of it, reads both, and deletes them: names of our own, with a mark and their time. What a run left that was
 * killed is removed first. Nothing else is touched: an index is deleted only if its mapping, a snapshot only if its metadata, has our mark.
 */
export const tryScratch = async (
  sources: DoctorSources,
  engine: DoctorEngine,
  repository: string,
): Promise<Finding> => {
  const { indexPrefix, now, newId } = sources;
  await removeAbandoned(sources, engine, repository).catch(() => undefined);
  const name = scratchName(indexPrefix, now(), newId());
  const created = await engine.createScratchIndex(name).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (created !== undefined) return notTried(created);
  const steps: readonly Step[] = [
    { doing: 'create a snapshot', run: () => takeSnapshot(sources, engine, repository, name) },
    { doing: 'delete a snapshot', run: () => removeSnapshot(engine, repository, name) },
    { doing: 'delete an index', run: () => removeIndex(engine, name) },
  ];
  const problems: Finding[] = [];
  // each is tried, so that nothing is left behind
  for (const step of steps) problems.push(...(await refusalOf(step)));
  const [worst] = problems.toSorted((one, other) => rank(other) - rank(one));
  return worst ?? ok(CHECK, 'Tried: an index and a snapshot could be created, read and deleted.', { repository });
};

const rank = ({ result }: Finding): number => ['ok', 'notKnown', 'warn', 'fail'].indexOf(result);

/** Tandem itself creates no index. */
const notTried = (error: unknown): Finding =>
  notKnown(CHECK, `No index could be created to try what the user may do. ${wordsOf(error)}`, undefined);

const refusalOf = async ({ doing, run }: Step): Promise<readonly Finding[]> => {
  try {
    await run();
    return [];
  } catch (error) {
    if (isFailure(error, 'ENGINE_FORBIDDEN'))
      return [failed(CHECK, `The user may not ${doing}. ${wordsOf(error)}`, REMEDY, { refused: doing })];
    return [
      warn(CHECK, `Tried to ${doing}, and failed. ${wordsOf(error)}`, 'See the log of the engine.', { failed: doing }),
    ];
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

const takeSnapshot = async (
  sources: DoctorSources,
  engine: DoctorEngine,
  repository: string,
  name: string,
): Promise<void> => {
  await engine.startSnapshot({ repository, name, indices: [name], owner: ownerOf(sources) });
  for (let waitedMs = 0; waitedMs < SNAPSHOT_MS; waitedMs += POLL_MS) {
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

/** One that is gone is no error. */
const removeSnapshot = async (engine: DoctorEngine, repository: string, name: string): Promise<void> => {
  const [snapshot] = await engine.findSnapshots(repository, [name]);
  if (snapshot?.owner?.backupId === SCRATCH_MARK) await engine.deleteSnapshot(repository, name);
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

const removeAbandoned = async (
  { indexPrefix, now }: DoctorSources,
  engine: DoctorEngine,
  repository: string,
): Promise<void> => {
  const prefix = scratchPrefix(indexPrefix);
  const [snapshots, indices] = await Promise.all([
    engine.listSnapshots(repository, `${prefix}-`),
    engine.listIndices(prefix),
  ]);
  const abandoned = (name: string): boolean => isAbandonedScratch(name, now());
  for (const { name } of snapshots) if (abandoned(name)) await removeSnapshot(engine, repository, name);
  for (const { name } of indices) if (abandoned(name)) await removeIndex(engine, name);
};
