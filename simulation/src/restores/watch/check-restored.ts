import type { IndexFigures } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import { isSelection } from '@tandem/shared/domain/restore/plan/selection.ts';
import { uuidsOf } from '../index-side.ts';
import type { WatchedRestore } from './watched-restore.ts';
import type { WatchingRestores } from './watching-restores.ts';

/** It is about to count as restored: every planned index must be there, made by it, with what the backup holds. */
export const checkRestored = async (watching: WatchingRestores, restore: WatchedRestore): Promise<void> => {
  const { world, disturbed, truth, manifests, harms } = watching;
  const { operationId, task, made, tickSince } = restore;
  const { broken } = world.watch;
  const planned = task.parts.flatMap(({ indices, uuid }) => indices.map((index) => ({ ...index, snapshotUuid: uuid })));
  const targets = planned.filter(({ as }) => (disturbed.get(as) ?? -1) < tickSince);
  const names = targets.map(({ as }) => as);
  const uuids = await uuidsOf(world, names);
  const figures = await measured(watching, names);
  for (const { index, as, snapshotUuid } of targets) {
    const own = made.get(uuids.get(as) ?? '');
    const documents = figures?.find(({ name }) => name === as)?.documents;
    const what = `${operationId} is restored, and ${as}`;
    if (
      own === undefined &&
      !isMistaken(restore, uuids.get(as), as) &&
      !landedLate(watching, uuids.get(as), snapshotUuid)
    )
      broken('restored', `${what} is ${uuids.get(as) ?? 'not there'}, which it did not make`);
    else if (own !== undefined && own.snapshotUuid !== snapshotUuid && !own.isRaced)
      broken('restored', `${what} is of another snapshot`);
    const isUnseen = manifests.unrecorded.has(index) && (harms.has('altered') || harms.has('written'));
    if (documents === undefined || (documents !== truth.get(index) && !isUnseen))
      broken('restored', `${what} has ${documents ?? 'unreadable'} documents of ${truth.get(index)}`);
  }
  // of chosen indices it puts back the templates that fit them
  if (task.restoreTemplates && !isSelection(task)) await checkTemplates(watching, restore);
};

/** Made again by hand after the engine accepted the part, and before the uuids were recorded: only names tell then (decision 0008). */
const isMistaken = ({ made, recorded }: WatchedRestore, uuid: string | undefined, name: string): boolean =>
  uuid !== undefined && recorded.has(uuid) && [...made.values()].some((index) => index.name === name);

/** The call of an earlier restore that landed late: the same data, from the same snapshot, under the same names (decision 0008). */
export const landedLate = (
  { all }: WatchingRestores,
  uuid: string | undefined,
  snapshotUuid: string | null | undefined,
): boolean =>
  uuid !== undefined &&
  snapshotUuid != null &&
  [...all.values()].some(({ made }) => made.get(uuid)?.snapshotUuid === snapshotUuid);

/** Undefined: some shard cannot be read. */
const measured = async ({ world }: WatchingRestores, names: readonly string[]) => {
  if (names.length === 0) return [];
  return world.engine.port
    .measureIndices(names, 'operations-last')
    .catch((): readonly IndexFigures[] | undefined => undefined);
};

const checkTemplates = async ({ world, templates }: WatchingRestores, { operationId }: WatchedRestore) => {
  const now = JSON.stringify(await world.engine.port.readTemplates('optimize', []));
  if (now !== templates.text)
    world.watch.broken('restored', `${operationId} is restored, and the templates are ${now}`);
};
