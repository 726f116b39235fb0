import type { InMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { type FailureCode, fail } from '@tandem/shared/domain/failure/failure.ts';
import type { RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { safetyBackupIdOf } from '@tandem/shared/domain/restore/safety-backup.ts';
import { describe, expect, it } from 'vitest';
import { ALERTS, actor, inPlace, PART_2, POSITIONS, REPOSITORY, RESTORE, setUp } from '../restore.fixture.ts';

/* Every way in which a restore ends FAILED or CANCELLED once an index is gone: each names its safety backup and whether that is intact. */

const SAFETY = safetyBackupIdOf(RESTORE);
const deleting = { ...inPlace, deleteExisting: true };
const saved = { safetyBackupId: SAFETY, safetyRepository: REPOSITORY };

type Under = Awaited<ReturnType<typeof setUp>>;
type Engine = InMemoryEngine;
type Method = Parameters<Engine['failNext']>[0];

/** So often that no tries are left. */
const refuse = ({ engine }: Under, method: Method, code: FailureCode, times = 5) => {
  for (let time = 0; time < times; time += 1) engine.failNext(method, fail(code, 'on purpose', { call: method }));
};
const isSaved = ({ engine }: Under): boolean =>
  engine.snapshots(REPOSITORY).filter(({ state }) => state === 'SUCCESS').length === 4;
const called = ({ engine }: Under, method: Method): boolean => engine.calls.some((call) => call.method === method);
const stop = ({ history }: Under) =>
  history.stopRestore(RESTORE, { actor, reason: 'wrong one', requestId: undefined }).then(() => undefined);
const restoringPart2 = ({ engine }: Under) => engine.restoring().includes(ALERTS);

type Way = {
  /** Before it begins. */
  readonly before?: (under: Under) => void;
  /** Once, as soon as this is so, between two ticks; default: the indices are gone. */
  readonly once?: (under: Under) => boolean;
  readonly happens?: (under: Under) => unknown;
  readonly task?: Partial<RestoreTask>;
  readonly state?: 'CANCELLED';
  readonly code: FailureCode | 'UNEXPECTED';
};

const deletionBegan = (under: Under) => called(under, 'deleteIndices');
/** The first deletion takes one index and breaks off; `happens` is what the next tick finds. */
const halfDeleted = (happens: (under: Under) => unknown): Pick<Way, 'before' | 'once' | 'happens'> => ({
  before: ({ engine }) =>
    engine.failNext('deleteIndices', fail('ENGINE_TIMEOUT', 'no answer', { call: 'deleteIndices' })),
  once: deletionBegan,
  happens: (under) => {
    under.engine.deleteIndex(POSITIONS);
    return happens(under);
  },
});

const ways: readonly [string, Way][] = [
  [
    'it was stopped between the deletion and the next tick',
    { once: deletionBegan, happens: stop, state: 'CANCELLED', code: 'RESTORE_STOPPED' },
  ],
  [
    'it was stopped while a part was restored',
    { once: restoringPart2, happens: stop, state: 'CANCELLED', code: 'RESTORE_STOPPED' },
  ],
  ['it was stopped after half of the deletion', { ...halfDeleted(stop), state: 'CANCELLED', code: 'RESTORE_STOPPED' }],
  [
    'Optimize answered after half of the deletion',
    { ...halfDeleted(({ answersAt }) => answersAt('http://127.0.0.1:8090')), code: 'RESTORE_BLOCKED' },
  ],
  [
    'an index was made again after half of the deletion',
    { ...halfDeleted(({ engine }) => engine.createIndex(ALERTS, 1)), code: 'PLAN_CHANGED' },
  ],
  [
    'an index was written to after half of the deletion',
    { ...halfDeleted(({ engine }) => engine.write(ALERTS, 1)), code: 'INDICES_WRITTEN' },
  ],
  [
    'its safety backup was lost after half of the deletion',
    {
      ...halfDeleted(({ engine }) => engine.removeSnapshot(REPOSITORY, `camunda_optimize_${SAFETY}_3.9.0_part_1_of_2`)),
      code: 'RESTORE_UNSAFE',
    },
  ],
  [
    'another installation turned up after half of the deletion',
    {
      ...halfDeleted(({ engine }) => {
        engine.createIndex('optimize-instant-metadata_v3', 1);
        engine.createIndex('optimize-instant-import-index_v3', 1);
      }),
      before: (under) => {
        under.engine.createIndex('optimize-instant-dashboard_v1', 1);
        under.engine.failNext('deleteIndices', fail('ENGINE_TIMEOUT', 'no answer', { call: 'deleteIndices' }));
      },
      code: 'PLAN_CHANGED',
    },
  ],
  [
    'the tries of the deletion were spent after half of it',
    {
      before: (under) => refuse(under, 'deleteIndices', 'ENGINE_BUSY'),
      once: deletionBegan,
      happens: ({ engine }) => engine.deleteIndex(POSITIONS),
      code: 'ENGINE_BUSY',
    },
  ],
  [
    'the last of its tries was the first to send the deletion, and the answer was lost',
    {
      once: isSaved,
      happens: (under) => {
        refuse(under, 'describeIndices', 'ENGINE_UNREACHABLE', 4);
        under.engine.failNext('deleteIndices', fail('ENGINE_TIMEOUT', 'lost', { call: 'deleteIndices' }), 'after');
      },
      code: 'ENGINE_TIMEOUT',
    },
  ],
  [
    'the engine refused a part',
    {
      before: ({ engine }) => engine.failNext('startRestore', fail('RESTORE_REFUSED', 'no', { call: 'startRestore' })),
      code: 'RESTORE_REFUSED',
    },
  ],
  [
    'the tries of a part were spent',
    { before: (under) => refuse(under, 'startRestore', 'ENGINE_BUSY'), code: 'ENGINE_BUSY' },
  ],
  [
    'an operator did not help in time',
    { before: (under) => refuse(under, 'startRestore', 'ENGINE_FORBIDDEN'), code: 'ENGINE_FORBIDDEN' },
  ],
  [
    'shards could not be restored',
    { before: ({ engine }) => engine.rotSnapshot(REPOSITORY, PART_2, ALERTS), code: 'RESTORE_SHARDS_FAILED' },
  ],
  [
    'what came of it was kept, as requested',
    {
      before: ({ engine }) => engine.rotSnapshot(REPOSITORY, PART_2, ALERTS),
      task: { rollback: false },
      code: 'RESTORE_SHARDS_FAILED',
    },
  ],
  [
    'an index appeared under a target name',
    {
      once: ({ engine }) => engine.restoring().includes(POSITIONS),
      happens: ({ engine }) => engine.createIndex(ALERTS, 7),
      code: 'RESTORE_BLOCKED',
    },
  ],
  [
    'a snapshot was replaced between the parts',
    {
      once: ({ engine }) => engine.restoring().includes(POSITIONS),
      happens: ({ engine }) => engine.putSnapshot(REPOSITORY, { name: PART_2, indices: [ALERTS] }),
      code: 'RESTORE_BLOCKED',
    },
  ],
  [
    'Optimize answered between the parts',
    {
      once: ({ engine }) => engine.restoring().includes(POSITIONS),
      happens: ({ answersAt }) => answersAt('http://127.0.0.1:8090'),
      code: 'RESTORE_BLOCKED',
    },
  ],
  [
    'Optimize answered at its rollback',
    {
      before: ({ engine }) => engine.rotSnapshot(REPOSITORY, PART_2, ALERTS),
      once: restoringPart2,
      happens: ({ answersAt }) => answersAt('http://127.0.0.1:8090'),
      code: 'RESTORE_SHARDS_FAILED',
    },
  ],
  [
    'it was written to before the comparison',
    {
      once: restoringPart2,
      happens: ({ engine }) => {
        engine.setBlocked(POSITIONS, 'write', false);
        engine.write(POSITIONS, 3);
      },
      code: 'RESTORE_WRITTEN',
    },
  ],
  [
    'it differed from what was saved',
    { before: ({ engine }) => engine.alterSnapshot(REPOSITORY, PART_2, ALERTS, 4), code: 'RESTORE_DIFFERS' },
  ],
  [
    'the engine was away for too long',
    {
      once: restoringPart2,
      happens: (under) => refuse(under, 'indexRecoveries', 'ENGINE_UNREACHABLE'),
      code: 'ENGINE_UNREACHABLE',
    },
  ],
  [
    'the engine failed in the same way again and again',
    {
      once: restoringPart2,
      happens: (under) => refuse(under, 'indexRecoveries', 'ENGINE_FAILED'),
      code: 'ENGINE_FAILED',
    },
  ],
  [
    'Tandem itself failed at a part',
    {
      before: (under) => {
        for (let times = 0; times < 5; times += 1)
          under.engine.failNext('startRestore', new TypeError('a defect') as never);
      },
      code: 'UNEXPECTED',
    },
  ],
  [
    'the tries of the templates were spent',
    {
      once: restoringPart2,
      happens: (under) => refuse(under, 'readTemplates', 'ENGINE_FAILED'),
      code: 'ENGINE_FAILED',
    },
  ],
  [
    'the tries of the comparison were spent',
    {
      once: restoringPart2,
      happens: (under) => refuse(under, 'describeIndices', 'ENGINE_FAILED'),
      code: 'ENGINE_FAILED',
    },
  ],
  [
    'the tries of the rollback were spent',
    {
      before: ({ engine }) => engine.rotSnapshot(REPOSITORY, PART_2, ALERTS),
      once: restoringPart2,
      happens: (under) => refuse(under, 'deleteIndices', 'ENGINE_FORBIDDEN'),
      code: 'ENGINE_FORBIDDEN',
    },
  ],
  [
    'the blocks could not be lifted, although all is back',
    { before: (under) => refuse(under, 'setIndexBlock', 'ENGINE_FORBIDDEN'), code: 'BLOCKS_NOT_LIFTED' },
  ],
];

const endOf = async ({ before, once = deletionBegan, happens, task }: Way) => {
  const under = await setUp();
  before?.(under);
  await under.begin(deleting, { ...saved, ...task });
  let isDone = false;
  await under.toTheEnd(RESTORE, () => {
    if (isDone || !once(under)) return undefined;
    isDone = true;
    void happens?.(under);
    return undefined;
  });
  expect(isDone || happens === undefined).toBe(true);
  expect(deletionBegan(under)).toBe(true);
  return under.restore();
};

describe('a restore that has deleted indices names its safety backup and whether it is intact, where', () => {
  it.each(ways)('%s', async (_, way) => {
    const { state, failure } = await endOf(way);
    expect({ state, code: failure?.code }, failure?.message).toEqual({ state: way.state ?? 'FAILED', code: way.code });
    const isIntact = way.code !== 'RESTORE_UNSAFE';
    expect(failure?.data).toMatchObject({ safetyBackupId: SAFETY, safetyIntact: isIntact });
    expect(failure?.message).toContain(`safety backup ${SAFETY}, which is ${isIntact ? 'intact' : 'no longer intact'}`);
    expect(failure?.message).not.toContain('Nothing was deleted');
  });
});
