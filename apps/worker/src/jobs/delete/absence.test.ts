import { describe, expect, it } from 'vitest';
import { type Deletion, nameOf, part, REPOSITORY, setUpDeletion } from './tick.fixture.ts';

/** The name of the repository stands for another one now. */
const another = { repositoryUuid: 'another' };
const quiet = { absentSince: '2025-12-31T23:00:00.000Z' };
const removedOne = { ...quiet, removing: { part: 1, uuid: 'one' } };
const gone = part(1, { state: 'VANISHED' });

/** `there`: numbers of the parts whose snapshots are there. */
type Case = readonly [name: string, deletion: Deletion & { readonly there?: readonly number[] }];

const lookup = ({ parts, detail = {}, there = [] }: Case[1]) => {
  const world = setUpDeletion();
  const uuids = new Map(there.map((number) => [number, world.put(number)]));
  const known = parts.map((one) => ({ ...one, uuid: uuids.get(one.number) ?? one.uuid }));
  return { ...world, result: world.tick({ parts: known, detail, location: another }) };
};

describe('before anything is removed or believed to be gone, the repository must be the recorded one', () => {
  const cases: readonly Case[] = [
    ['a snapshot is there', { parts: [part(1)], there: [1] }],
    [
      'one is there, and the absence of the other is explained',
      { parts: [gone, part(2)], detail: removedOne, there: [2] },
    ],
    ['a part is absent, and nothing explains it', { parts: [gone, part(2, { uuid: 'two' })], detail: removedOne }],
    ['a part is absent at the first lookup', { parts: [part(1, { uuid: 'one' })] }],
    ['nothing was made, as far as is known', { parts: [part(1, { state: 'PLANNED' })], detail: quiet }],
    ['a create may have been sent, unseen', { parts: [gone, part(2, { state: 'STARTING' })], detail: removedOne }],
    [
      'a create was seen, and its uuid is not',
      { parts: [gone, part(2, { state: 'IN_PROGRESS' })], detail: removedOne },
    ],
  ];

  it.each(cases)('%s', async (_, deletion) => {
    const { deleted, result } = lookup(deletion);
    await expect(result).rejects.toMatchObject({ code: 'REPOSITORY_CHANGED', data: { expected: 'another' } });
    expect(deleted()).toEqual([]);
  });
});

describe('a deletion ends wherever the repository leads by now', () => {
  const knownAbsent = { ...quiet, knownAbsent: [1, 2] };
  const cases: readonly Case[] = [
    ['its last removal was recorded before it was sent', { parts: [gone], detail: removedOne }],
    [
      'every part was absent when the repository was the recorded one',
      { parts: [part(1, { uuid: 'one' }), part(2, { uuid: 'two' })], detail: knownAbsent },
    ],
    ['a part that was not begun says nothing', { parts: [gone, part(2, { state: 'PLANNED' })], detail: removedOne }],
    [
      'a part that is running was seen, and its removal recorded',
      { parts: [part(1, { state: 'IN_PROGRESS', uuid: 'one' })], detail: removedOne },
    ],
    [
      'a part that is starting was seen, and its removal recorded',
      { parts: [part(1, { state: 'STARTING', uuid: 'one' })], detail: removedOne },
    ],
  ];

  it.each(cases)('%s', async (_, deletion) => {
    const { result } = lookup(deletion);
    expect((await result).outcome).toMatchObject({ do: 'end', state: 'SUCCEEDED', deleted: true });
  });
});

it('believes nothing to be gone while one of the absent parts is in the repository that was compared', async () => {
  const { engine, tick, put } = setUpDeletion();
  const uuid = put(1);
  engine.findSnapshots = async () => [];
  const parts = [part(1, { uuid }), part(2, { uuid: 'two' })];
  await expect(tick({ parts, detail: quiet })).rejects.toMatchObject({
    code: 'REPOSITORY_CHANGED',
    message: expect.stringContaining('was re-registered with another location while it was read'),
  });
  expect(engine.snapshots(REPOSITORY).map(({ name }) => name)).toEqual([nameOf(1)]);
});
