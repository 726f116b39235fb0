import { nameList } from '../../name-list.ts';
import type { FlatSettings } from '../manifest/index-facts.ts';
import { blocksSet, INDEX_BLOCKS, type IndexBlock } from './index-blocks.ts';
import type { RestoreDetail } from './restore-memory.ts';
import { isSentBlocked } from './restored-index.ts';
import type { BlockStep, SeenIndex } from './restoring.ts';

/** How an index is restored in place: without the blocks that it was saved with, and with one that prevents all writes. */
export const RESTORED_BLOCKED = {
  ignoreSettings: ['index.blocks.*'],
  settings: { 'index.blocks.write': 'true' },
} as const;

/** The blocks among saved settings. The engine sets and lifts `read_only_allow_delete` by itself. */
export const blocksIn = (saved: FlatSettings): readonly IndexBlock[] =>
  blocksSet(saved).filter((block) => block !== 'read_only_allow_delete');

/**
 * Pure: the changes that give each restored index the blocks that it was saved with. Ours is lifted first, since engines refuse to change
 * it under `metadata` or `read_only`; those come last. One that is gone by then counts as lifted.
 */
export const blockSteps = (detail: RestoreDetail, there: readonly SeenIndex[]): readonly BlockStep[] => {
  const { memory, restored } = detail;
  const ours = there.filter(({ name, uuid }) => restored[name] === uuid && isSentBlocked(detail, name));
  const savedWith = ({ name }: SeenIndex): readonly IndexBlock[] => memory.savedBlocks[name] ?? [];
  const lift = ours.filter((index) => index.blocks.includes('write') && !savedWith(index).includes('write'));
  const set = [...INDEX_BLOCKS].reverse().map((block) => ({
    block,
    change: 'set' as const,
    names: ours
      .filter((index) => block !== 'write' && savedWith(index).includes(block) && !index.blocks.includes(block))
      .map(({ name }) => name),
  }));
  const lifted = { block: 'write' as const, change: 'lift' as const, names: lift.map(({ name }) => name) };
  return [lifted, ...set].filter(({ names }) => names.length > 0);
};

/** Engines refuse request lines longer than 4,096 bytes. */
const MAX_NAMES_BYTES = 3_500;

/** The calls that lift the write block of these indices by hand; as few as request lines allow. */
export const liftCalls = (names: readonly string[]): readonly string[] =>
  lists(names).map((list) => `PUT /${list.join(',')}/_settings {"index.blocks.write":null}`);

/** The first of those calls, in words. Undefined: there is nothing to lift. */
export const liftLine = (names: readonly string[]): string | undefined => {
  const [first, ...more] = liftCalls(names);
  const rest = more.length === 0 ? '' : ` (and ${more.length} more calls of this kind, in liftBlocks)`;
  return first === undefined ? undefined : `This call lifts the write block: ${first}${rest}`;
};

/** For an operator: which indices of an incomplete restore stay blocked for writing, and the call that lifts the block. Undefined: none. */
export const blockedLine = (names: readonly string[]): string | undefined =>
  names.length === 0
    ? undefined
    : `${nameList(names)} stay blocked for writing, because an incomplete set must not be written to. ${liftLine(names)}`;

const lists = (names: readonly string[]): readonly (readonly string[])[] => {
  const all: string[][] = [];
  let bytes = 0;
  for (const name of names) {
    const size = encodeURIComponent(name).length + 1;
    const last = all.at(-1);
    if (last === undefined || bytes + size > MAX_NAMES_BYTES) {
      all.push([name]);
      bytes = size;
    } else {
      last.push(name);
      bytes += size;
    }
  }
  return all;
};
