import { describe, expect, it } from 'vitest';
import { INDEX_BLOCKS, liftSteps, stepsBeforeDeletion } from './index-blocks.ts';

describe('lifting blocks', () => {
  it('takes one step per block, those first that forbid to lift others', () => {
    const indices = [
      { name: 'a', blocks: ['read', 'write', 'read_only'] },
      { name: 'b', blocks: ['write', 'metadata'] },
      { name: 'c', blocks: [] },
    ] as const;
    expect(liftSteps(indices)).toEqual([
      { block: 'metadata', names: ['b'] },
      { block: 'read_only', names: ['a'] },
      { block: 'write', names: ['a', 'b'] },
      { block: 'read', names: ['a'] },
    ]);
  });

  it('knows every block', () => {
    expect(liftSteps([{ name: 'a', blocks: INDEX_BLOCKS }]).map(({ block }) => block)).toEqual(INDEX_BLOCKS);
  });

  it('leaves those alone that do not forbid a deletion, where only that is the purpose', () => {
    expect(stepsBeforeDeletion([{ name: 'a', blocks: INDEX_BLOCKS }]).map(({ block }) => block)).toEqual([
      'metadata',
      'read_only',
    ]);
  });

  it('takes no step where nothing is blocked', () => {
    expect(liftSteps([{ name: 'a', blocks: [] }])).toEqual([]);
  });
});
