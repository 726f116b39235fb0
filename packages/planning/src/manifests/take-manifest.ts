import type { IndexEngine } from '@tandem/engine/index-port.ts';
import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import { type OldestIndex, oldestOf } from '@tandem/shared/domain/backup/state/compatibility.ts';
import type { FlatSettings } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import { keptManifest, type UnrecordedIndex } from '@tandem/shared/domain/restore/manifest/manifest.ts';
import { blocksSet, type IndexBlock } from '@tandem/shared/domain/restore/run/index-blocks.ts';
import { digestOf } from '../digest.ts';
import { eachIndex } from './each-index.ts';
import { keepTexts } from './kept-text.ts';

export type TakeManifest = {
  readonly engine: Pick<IndexEngine, 'describeIndices' | 'measureIndices' | 'readTemplates'>;
  readonly history: Pick<RestoreHistory, 'keepContents' | 'readContents'>;
};

export type TakenManifest = {
  readonly digest: string;
  /** Of the described indices; undefined: none could be described. */
  readonly oldestIndex: OldestIndex | undefined;
  /** Total size of the primaries of the measured indices. */
  readonly bytes: number;
  /** Open indices that could not be measured or described: a restore cannot compare them completely. */
  readonly unrecorded: readonly UnrecordedIndex[];
};

/**
 * Records the current state of the indices and returns the digest of the record. `when`: right before the part is created, or right after
 * it ended. An index that the engine refuses to describe or measure is listed as unrecorded; the others keep their figures. Rejects as
 * `IndexEngine` if the engine does not respond at all, and with HISTORY_UNREACHABLE.
 */
export const takeManifest = async (
  { engine, history }: TakeManifest,
  prefix: string,
  indices: readonly string[],
  when: 'before' | 'after',
): Promise<TakenManifest> => {
  const order = when === 'before' ? 'operations-first' : 'operations-last';
  const [facts, capsule] = await Promise.all([
    eachIndex(indices, (names) => engine.describeIndices(names)),
    engine.readTemplates(prefix, indices),
  ]);
  const open = facts.found.filter((index) => index.open);
  const measurable = open.filter(({ blocks }) => blocksThatHide(blocks).length === 0).map(({ name }) => name);
  const figures = await eachIndex(measurable, (names) => engine.measureIndices(names, order));
  const unrecorded = [
    ...facts.refused,
    ...open.flatMap(({ name, blocks }) =>
      blocksThatHide(blocks).map((block) => ({ index: name, reason: `it has the block index.blocks.${block}` })),
    ),
    ...figures.refused,
  ];
  const kept = keptManifest(facts.found, figures.found, capsule, digestOf, unrecorded);
  await keepTexts(history, [kept.manifest, kept.shapes, kept.templates]);
  const bytes = figures.found.reduce((sum, { primaryBytes }) => sum + primaryBytes, 0);
  return { digest: kept.manifest.digest, oldestIndex: oldestOf(facts.found), bytes, unrecorded };
};

/** With one of these blocks no engine counts the documents of an index. */
const blocksThatHide = (blocks: FlatSettings): readonly IndexBlock[] =>
  blocksSet(blocks).filter((block) => block === 'metadata' || block === 'read');
