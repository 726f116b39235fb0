import type { IndexEngine } from '@tandem/engine/index-port.ts';
import type { RestoreHistory } from '@tandem/history/restores-port.ts';
import { blocksSet, type IndexBlock } from '@tandem/shared/domain/index-blocks.ts';
import { keptManifest } from '@tandem/shared/domain/manifest.ts';
import { digestOf } from './digest.ts';
import { keepTexts } from './kept-text.ts';

export type TakeManifest = {
  readonly engine: Pick<IndexEngine, 'describeIndices' | 'measureIndices' | 'readTemplates'>;
  readonly history: Pick<RestoreHistory, 'keepContents' | 'readContents'>;
};

export type TakenManifest = {
  readonly digest: string;
  /** In the primaries of those of the indices that are open. */
  readonly bytes: number;
};

/**
 * Writes down what the indices are now, and answers the digest that stands for it, and how much it is. `when`: right before the part is made, or right after
 * it has ended. Rejects as `IndexEngine` does, and HISTORY_UNREACHABLE.
 */
export const takeManifest = async (
  { engine, history }: TakeManifest,
  prefix: string,
  indices: readonly string[],
  when: 'before' | 'after',
): Promise<TakenManifest> => {
  const order = when === 'before' ? 'operations-first' : 'operations-last';
  const [facts, capsule] = await Promise.all([engine.describeIndices(indices), engine.readTemplates(prefix, indices)]);
  const isMeasurable = (block: IndexBlock): boolean => block !== 'metadata' && block !== 'read';
  const measurable = facts.filter(({ blocks }) => blocksSet(blocks).every(isMeasurable)).map(({ name }) => name);
  const figures = await engine.measureIndices(measurable, order);
  const kept = keptManifest(facts, figures, capsule, digestOf);
  await keepTexts(history, [kept.manifest, kept.shapes, kept.templates]);
  return { digest: kept.manifest.digest, bytes: figures.reduce((sum, { primaryBytes }) => sum + primaryBytes, 0) };
};
