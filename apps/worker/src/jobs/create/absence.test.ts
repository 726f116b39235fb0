import { describe, expect, it } from 'vitest';
import { type Claim, memory, setUpCreateTick } from './tick.fixture.ts';

const NODE_LEFT = [{ index: 'optimize-import-index_v3', shard: 0, reason: 'node left the cluster during snapshot' }];

type World = Awaited<ReturnType<typeof setUpCreateTick>>;
type Case = readonly [step: string, claim: (world: World) => Claim];

const endedWell = (world: World, number: number) => {
  const { uuid, startedAt, endedAt } = world.put(number);
  return { state: 'SUCCESS', starts: 1, uuid, startedAt, endedAt } as const;
};

/** Each believes that something is absent, or makes it. */
const ABOUT_ABSENCE: readonly Case[] = [
  ['starts a part', () => ({})],
  [
    'removes what an operator had retried',
    ({ put }) => ({ parts: [{ state: 'FAILED', starts: 1, uuid: put(1, { state: 'FAILED' }).uuid }] }),
  ],
  [
    'makes a part again that was interrupted',
    ({ put }) => ({
      parts: [{ state: 'IN_PROGRESS', starts: 1, uuid: put(1, { state: 'FAILED', failures: NODE_LEFT }).uuid }],
    }),
  ],
  ['forgets a part that vanished', () => ({ parts: [{ state: 'IN_PROGRESS', starts: 1, uuid: 'gone' }] })],
  [
    'fails since what had ended well is gone',
    () => ({ parts: [{ state: 'SUCCESS', starts: 1, uuid: 'gone' }], detail: memory(1, { missed: true }) }),
  ],
];

const NOT_ABOUT_ABSENCE: readonly Case[] = [
  ['doubts a lookup', () => ({ parts: [{ state: 'SUCCESS', starts: 1, uuid: 'gone' }] })],
  ['follows a part', ({ put }) => ({ parts: [{ starts: 1, uuid: put(1, { state: 'IN_PROGRESS' }).uuid }] })],
  ['records that a part ended well', ({ put }) => ({ parts: [{ state: 'IN_PROGRESS', uuid: put(1).uuid }] })],
  ['ends the backup well', (world) => ({ parts: [endedWell(world, 1), endedWell(world, 2)] })],
  ['fails at a snapshot of another', ({ put }) => ({ parts: [{ uuid: put(1, { owner: undefined }).uuid }] })],
];

describe('a create that believes something to be absent, or makes it', () => {
  it.each(ABOUT_ABSENCE)('%s in the recorded repository only', async (_, claim) => {
    const world = await setUpCreateTick();
    const result = world.tick({ ...claim(world), location: { repositoryUuid: 'another' } });
    await expect(result).rejects.toMatchObject({ code: 'REPOSITORY_CHANGED', data: { expected: 'another' } });
    expect(world.records).toEqual([]);
    expect([...world.called('startSnapshot'), ...world.called('deleteSnapshot')]).toEqual([]);
  });

  it.each(ABOUT_ABSENCE)('%s in its own cluster only', async (_, claim) => {
    const world = await setUpCreateTick();
    const result = world.tick({ ...claim(world), location: { clusterUuid: 'another' } });
    await expect(result).rejects.toMatchObject({ code: 'CLUSTER_CHANGED', data: { expected: 'another' } });
    expect(world.records).toEqual([]);
  });
});

describe('a create that goes by what it sees', () => {
  it.each(NOT_ABOUT_ABSENCE)('%s without asking where that is', async (_, claim) => {
    const world = await setUpCreateTick();
    await world.tick({ ...claim(world), location: { repositoryUuid: 'another', clusterUuid: 'another' } });
    expect([...world.called('info'), ...world.called('readRepository')]).toEqual([]);
  });
});

describe('a delete without an answer', () => {
  const sent = { deleteOfPart1: '2026-01-01T00:00:00.000Z' };

  it.each<Case>([
    ['a part that is to be started', () => ({})],
    ['a part that has ended well', ({ put }) => ({ parts: [{ state: 'IN_PROGRESS', uuid: put(1).uuid }] })],
  ])('may still take effect: %s waits', async (_, claim) => {
    const world = await setUpCreateTick();
    expect(await world.tick({ ...claim(world), detail: sent })).toEqual({
      detail: sent,
      tries: 'progress',
      outcome: { do: 'wait', inMs: 1_000, for: expect.stringContaining('which may still take effect') },
    });
    expect(world.records).toEqual([]);
  });
});

it('does not see a missed part again because a later one is there', async () => {
  const world = await setUpCreateTick();
  const parts = [{ state: 'SUCCESS', starts: 1, uuid: 'gone' } as const, endedWell(world, 2)];
  const missed = await world.tick({ parts, detail: memory(1, { missed: true }) });
  expect(missed.outcome).toMatchObject({ do: 'end', state: 'FAILED', failure: { code: 'PART_VANISHED' } });
});
