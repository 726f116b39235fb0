import { describe, expect, it } from 'vitest';
import { abandonedRestore } from './abandoned-restore.ts';
import type { IndexBlock } from './index-blocks.ts';
import type { RestoreTask } from './restore-memory.ts';

const task = (names: readonly string[], safetyBackupId?: string, inPlace = true): RestoreTask =>
  ({
    inPlace,
    deletes: [{ index: 'a', uuid: 'u' }],
    parts: [{ number: 1, snapshot: 's-1', uuid: 'u-1', indices: names.map((as) => ({ index: as, as })) }],
    safetyBackupId,
  }) as unknown as RestoreTask;

const source = { repository: 'backups', snapshot: 's-1' };
const seen = (name: string, more: { source?: undefined; blocks?: readonly IndexBlock[] } = {}) => ({
  ...{ name, uuid: `uuid-${name}`, source, blocks: [] },
  ...more,
});

describe('an abandoned restore', () => {
  it('lists what is there under its target names, and from which snapshot', () => {
    const others = [seen('a'), seen('b', { source: undefined }), seen('stranger')];
    const { code, message, data } = abandonedRestore({ task: task(['a', 'b', 'c'], 'before-1') }, others, {
      problems: [],
    });
    expect(code).toBe('RESTORE_ABANDONED');
    expect(message).toBe(
      'It was abandoned, and nothing in the engine was touched. Found under its target names: a (from snapshot s-1 of backups), b (the engine names no snapshot). 1 of its target names are absent. What it may have deleted is in safety backup before-1, which is intact.',
    );
    expect(data).toEqual({
      targets: 3,
      there: [
        { index: 'a', uuid: 'uuid-a', source },
        { index: 'b', uuid: 'uuid-b', source: null },
      ],
      ...{ thereCount: 2, absent: ['c'], absentCount: 1, safetyBackupId: 'before-1' },
      safetyIntact: true,
    });
  });

  it.each([
    ['nothing is there', [], 'Nothing exists under its target names.'],
    [
      'the engine does not answer',
      undefined,
      'The engine did not answer, so it is unknown what exists under its target names.',
    ],
  ])('says that %s', (_, there, words) => {
    const { message, data } = abandonedRestore({ task: task(['a']) }, there, undefined);
    expect(message).toContain(words);
    expect(data.absent).toEqual(there === undefined ? null : ['a']);
  });

  it('lists a limited number, and counts all', () => {
    const names = Array.from({ length: 150 }, (_, at) => `index-${at}`);
    const { message, data } = abandonedRestore(
      { task: task(names) },
      names.map((name) => seen(name)),
      undefined,
    );
    expect(message).toContain(' and 140 more.');
    expect([(data.there as unknown[]).length, data.thereCount, data.absentCount]).toEqual([100, 150, 0]);
  });

  it('names what it left blocked for writing, with the calls that lift the blocks', () => {
    const blocked = ['write', 'metadata'] as const;
    const there = [seen('a', { blocks: blocked }), seen('b'), seen('c', { blocks: ['write'] })];
    const { message, data } = abandonedRestore({ task: task(['a', 'b', 'c']) }, there, undefined);
    expect(data.liftBlocks).toEqual(['PUT /a,c/_settings {"index.blocks.write":null}']);
    expect(message).toContain(
      'a, c stay blocked for writing, because an incomplete set must not be written to. This call lifts the write block: PUT /a,c/_settings {"index.blocks.write":null}',
    );
  });

  it('lists every call where one does not take all names', () => {
    const names = Array.from({ length: 150 }, (_, at) => `optimize-process-instance-of-some-process-${at}_v8`);
    const { data } = abandonedRestore(
      { task: task(names) },
      names.map((name) => seen(name, { blocks: ['write'] })),
      undefined,
    );
    const calls = data.liftBlocks as readonly string[];
    expect(calls.length).toBeGreaterThan(1);
    for (const name of names)
      expect(calls.filter((call) => call.includes(`${name},`) || call.includes(`${name}/`))).toHaveLength(1);
  });

  it.each([
    [
      'of a restore under other names, which sets none',
      task(['a'], undefined, false),
      [seen('a', { blocks: ['write'] })],
    ],
    ['where the engine does not answer', task(['a']), undefined],
    ['where none is blocked', task(['a']), [seen('a', { blocks: ['read'] })]],
  ] as const)('names no blocks %s', (_, of, there) => {
    const { message, data } = abandonedRestore({ task: of }, there, undefined);
    expect([data.liftBlocks, message.includes('blocked')]).toEqual([undefined, false]);
  });

  it.each([
    [
      'is intact',
      'before-1',
      { problems: [] },
      'What it may have deleted is in safety backup before-1, which is intact.',
      true,
    ],
    [
      'is not intact',
      'before-1',
      { problems: ['it is not recorded'] },
      'Its safety backup before-1 is no longer intact: it is not recorded.',
      false,
    ],
    [
      'could not be checked',
      'before-1',
      { problems: undefined, why: 'the engine is away.' },
      'Its safety backup is before-1; whether that is intact could not be checked: the engine is away.',
      null,
    ],
    ['does not exist', undefined, undefined, 'It takes no safety backup: what it may have deleted is in none.', null],
  ] as const)('says that its safety backup %s', (_, id, safety, words, safetyIntact) => {
    const { message, data } = abandonedRestore({ task: task(['a'], id) }, [], safety);
    expect(message).toContain(words);
    expect(data).toMatchObject({ safetyBackupId: id ?? null, safetyIntact });
  });
});

describe('the words of an abandoned restore', () => {
  const wordsOf = (of: RestoreTask, safety: Parameters<typeof abandonedRestore>[2]) =>
    abandonedRestore({ task: of }, [seen('a')], safety).message;
  const there =
    'It was abandoned, and nothing in the engine was touched. Found under its target names: a (from snapshot s-1 of backups).';

  it('name no safety backup where nothing was to be deleted', () => {
    expect(wordsOf({ ...task(['a']), deletes: [] }, undefined)).toBe(there);
  });

  it('say that a safety backup was not looked up', () => {
    expect(wordsOf(task(['a'], 'before-1'), undefined)).toBe(
      `${there} Its safety backup is before-1; whether that is intact could not be checked: it was not checked.`,
    );
  });
});
