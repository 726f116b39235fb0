import type { Scene } from '../scenario/scene.ts';
import { uuidsOf } from './index-side.ts';

/** Who wrote documents: the application or an operator at any time; `setup`: they were there when the run began. */
export type Writer = 'setup' | 'application' | 'operator' | 'stranger';

/** Documents that one call wrote. They are the same in a snapshot and in what is restored from it. */
export type Batch = { readonly by: Writer; readonly documents: number; readonly atMs: number };

type Saved = ReadonlyMap<string, readonly Batch[]>;

/** Every document of the engine and of its snapshots, beside the engine and everything that Tandem records. */
export type Documents = ReturnType<typeof newDocuments>;

const NONE: readonly Batch[] = [];

export const newDocuments = (world: Scene) => {
  /** By uuid. */
  const indices = new Map<string, readonly Batch[]>();
  /** What they were restored with, by uuid. */
  const restored = new Map<string, readonly Batch[]>();
  /** By the snapshot's uuid, then by the index's name. */
  const snapshots = new Map<string, Saved>();

  const of = (uuid: string): readonly Batch[] => indices.get(uuid) ?? NONE;

  const add = (uuid: string, by: Writer, documents: number): void => {
    if (documents > 0) indices.set(uuid, [...of(uuid), { by, documents, atMs: world.scheduler.now() }]);
  };

  /** A snapshot was begun: it holds what its indices hold now. */
  const onSnapshot = async (snapshotUuid: string, names: readonly string[]): Promise<void> => {
    const uuids = await uuidsOf(world, names);
    snapshots.set(snapshotUuid, new Map(names.map((name) => [name, of(uuids.get(name) ?? '')])));
  };

  return {
    of,
    add,
    onSnapshot,
    /** An index is there since it was restored, with what the snapshot holds. */
    onRestored: (uuid: string, snapshotUuid: string, index: string): void => {
      const saved = snapshots.get(snapshotUuid)?.get(index) ?? NONE;
      indices.set(uuid, saved);
      restored.set(uuid, saved);
    },
    /** It came into the index with its restore, and nobody wrote it there. */
    cameWith: (uuid: string, batch: Batch): boolean => restored.get(uuid)?.includes(batch) === true,
    /** A file of the snapshot was replaced. */
    onAltered: (snapshotUuid: string, index: string, documents: number): void => {
      const altered: Batch = { by: 'stranger', documents, atMs: world.scheduler.now() };
      snapshots.set(snapshotUuid, new Map([...(snapshots.get(snapshotUuid) ?? []), [index, [altered]]]));
    },
    isIn: (snapshotUuid: string, batch: Batch): boolean =>
      [...(snapshots.get(snapshotUuid)?.values() ?? [])].some((batches) => batches.includes(batch)),
    count: (uuid: string): number => of(uuid).reduce((sum, { documents }) => sum + documents, 0),
  };
};

export const batchList = (batches: readonly Batch[]): string =>
  batches.map(({ by, documents, atMs }) => `${documents} by the ${by} at ${atMs} ms`).join(', ');
