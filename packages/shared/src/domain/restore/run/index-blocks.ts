import type { FlatSettings } from '../manifest/index-facts.ts';

/**
 * The blocks that an index can carry, as `index.blocks.*` names them, in the order in which they can be lifted: while `metadata` or `read_only`
 * is set, engines refuse to change any other (seen on Elasticsearch 8.19).
 */
export const INDEX_BLOCKS = ['metadata', 'read_only', 'read_only_allow_delete', 'write', 'read'] as const;
export type IndexBlock = (typeof INDEX_BLOCKS)[number];

/** The blocks that are set, among flat settings. */
export const blocksSet = (settings: FlatSettings): readonly IndexBlock[] =>
  INDEX_BLOCKS.filter((block) => settings[`index.blocks.${block}`] === 'true');

/** While one of these is set, engines do not delete the index. */
const FORBID_DELETION: readonly IndexBlock[] = ['metadata', 'read_only'];

/** As `liftSteps`, but only for blocks that must be lifted before the indices can be deleted. */
export const stepsBeforeDeletion = (indices: Parameters<typeof liftSteps>[0]): ReturnType<typeof liftSteps> =>
  liftSteps(indices).filter(({ block }) => FORBID_DELETION.includes(block));

/** The steps that lift all blocks of these indices: one block a step, in an order that engines accept. Empty: there are none. */
export const liftSteps = (
  indices: readonly { readonly name: string; readonly blocks: readonly IndexBlock[] }[],
): readonly { readonly block: IndexBlock; readonly names: readonly string[] }[] =>
  INDEX_BLOCKS.map((block) => ({
    block,
    names: indices.filter(({ blocks }) => blocks.includes(block)).map(({ name }) => name),
  })).filter(({ names }) => names.length > 0);
