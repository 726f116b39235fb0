import type { Evidence } from '@tandem/history/ports/ledger.ts';
import type { Proof } from '@tandem/shared/domain/backup/backup.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { WatchedRestore } from './watched-restore.ts';
import type { WatchingRestores } from './watching-restores.ts';

/** What a proof states was compared was recorded when the backup was taken. */
export const checkProofs = (
  watching: WatchingRestores,
  restore: WatchedRestore,
  { proof, partialProof }: Evidence,
): void => {
  for (const one of [proof, partialProof]) if (one !== undefined) checkCounts(watching, restore, one);
  const { world, manifests } = watching;
  const { unrecorded } = manifests;
  const { operationId, task } = restore;
  const [unknown] = indicesOf(restore).filter((index) => unrecorded.has(index));
  if (proof !== undefined && unknown !== undefined)
    world.watch.broken('proof', `${operationId} wrote a proof of all, and ${unknown} was never measured`);
  if (partialProof !== undefined && unknown === undefined && task.only === undefined && task.notRestored.length === 0)
    world.watch.broken('proof', `${operationId} compared everything, and wrote a partial proof`);
  if (proof !== undefined && task.only !== undefined)
    world.watch.broken('proof', `${operationId} restored a sample, and wrote a proof of all`);
  if (proof !== undefined) watching.proven.add(operationId);
};

/** What a failure calls different was recorded when the backup was taken. */
export const checkDifferences = (
  { world, manifests: { unrecorded } }: WatchingRestores,
  { operationId }: WatchedRestore,
  failure: Reason | undefined,
): void => {
  const differences = (failure?.data.differences ?? []) as readonly { readonly index: string; readonly what: string }[];
  const wrong = differences.find(({ index, what }) => what === 'documents' && unrecorded.has(index));
  if (wrong !== undefined)
    world.watch.broken('proof', `${operationId} FAILED since ${wrong.index} differs, and it was never measured`);
};

const indicesOf = ({ task }: WatchedRestore): readonly string[] =>
  task.parts.flatMap(({ indices }) => indices.map(({ index }) => index));

const checkCounts = (
  { world, manifests: { unrecorded } }: WatchingRestores,
  restore: WatchedRestore,
  { aspects }: Proof,
): void => {
  const all = indicesOf(restore);
  const known = all.filter((index) => !unrecorded.has(index)).length;
  const { compared = 0, unmeasured = 0 } = aspects?.documents ?? {};
  if (compared !== known || unmeasured !== all.length - known)
    world.watch.broken(
      'proof',
      `${restore.operationId} states that it compared the documents of ${compared} indices, and ${known} of ${all.length} could be`,
    );
};
