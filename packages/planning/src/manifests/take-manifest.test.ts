import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import type { PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import { describe, expect, it } from 'vitest';
import { readManifests } from './read-manifests.ts';
import { takeManifest } from './take-manifest.ts';

const setUp = () => {
  const engine = inMemoryEngine();
  const history = inMemoryHistory({ now: () => new Date(0) });
  engine.createIndex('optimize-a', 3);
  engine.createIndex('optimize-b', 5);
  const take = (...indices: readonly string[]) => takeManifest({ engine, history }, 'optimize', indices, 'before');
  return { engine, history, take };
};

const part = (number: number, before: string | undefined, after?: string) =>
  ({ number, manifest: before === undefined ? undefined : { before, after } }) as PartRecord;

describe('a manifest', () => {
  it('is read as it was taken: what the indices held', async () => {
    const { history, take } = setUp();
    const { digest } = await take('optimize-a', 'optimize-b');
    const { byPart, capsule } = await readManifests(history, [part(1, digest)]);
    const { before, after } = byPart.get(1) ?? {};
    expect(before?.figures.map(({ name, documents }) => [name, documents])).toEqual([
      ['optimize-a', 3],
      ['optimize-b', 5],
    ]);
    expect(after).toBeUndefined();
    expect(capsule).toBeDefined();
  });

  it('has the same digest while nothing changes, and another after a write', async () => {
    const { engine, take } = setUp();
    const first = await take('optimize-a');
    expect((await take('optimize-a')).digest).toBe(first.digest);
    engine.write('optimize-a', 1);
    expect((await take('optimize-a')).digest).not.toBe(first.digest);
  });

  it.each(['metadata', 'read'] as const)(
    'lists an index with the block %s as unrecorded, and measures the others',
    async (block) => {
      const { engine, take } = setUp();
      const { bytes } = await take('optimize-b');
      engine.setBlocked('optimize-a', block, true);
      const taken = await take('optimize-a', 'optimize-b');
      expect(taken.unrecorded).toEqual([
        { index: 'optimize-a', reason: expect.stringContaining(`index.blocks.${block}`) },
      ]);
      expect(taken.bytes).toBe(bytes);
    },
  );

  it('of a closed index records it without measuring it', async () => {
    const { engine, take } = setUp();
    engine.setIndexOpen('optimize-a', false);
    expect(await take('optimize-a')).toMatchObject({ bytes: 0, unrecorded: [] });
  });
});

describe('the manifests of a backup', () => {
  it('leave out parts that have none, and those whose contents the history does not have', async () => {
    const { history, take } = setUp();
    const { digest } = await take('optimize-a');
    const parts = [part(1, undefined), part(2, digest, digest), part(3, 'f'.repeat(64))];
    const { byPart } = await readManifests(history, parts);
    expect([...byPart.keys()]).toEqual([2]);
    expect(byPart.get(2)?.after).toEqual(byPart.get(2)?.before);
  });

  it('leave out one whose shapes the history does not have', async () => {
    const { history, take } = setUp();
    const { digest } = await take('optimize-a');
    const other = inMemoryHistory({ now: () => new Date(0) });
    await other.keepContents(await history.readContents([digest]));
    expect((await readManifests(other, [part(1, digest)])).byPart.size).toBe(0);
  });

  it('of no part are none', async () => {
    const { history } = setUp();
    const { byPart, capsule } = await readManifests(history, [part(1, undefined)]);
    expect([byPart.size, capsule]).toEqual([0, undefined]);
  });
});
