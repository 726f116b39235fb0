import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { here, newCreate } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { type HistoryMark, markText } from '@tandem/shared/domain/history/rollback/history-mark.ts';
import { optimize } from '@tandem/shared/domain/profile.ts';
import { expect, it } from 'vitest';
import { snapshotMarks } from './snapshot-marks.ts';

const markAt = (eventId: string): HistoryMark => ({
  ...{ historyId: '00000000-0000-4000-8000-00000000000a', epoch: '00000000-0000-4000-8000-00000000000b' },
  ...{ eventId, digest: 'a'.repeat(64), at: '2026-01-01T00:00:00.000Z' },
});
const nameOf = (backupId: string) => `camunda_optimize_${backupId}_3.9.0_part_1_of_2`;

const setUp = (repository: string | undefined = 'backups') => {
  const engine = inMemoryEngine();
  engine.createRepository('backups');
  const history = inMemoryHistory({ now: () => new Date(0) });
  const put = (backupId: string, mark: string | undefined, name = nameOf(backupId)) => {
    const owner = { backupId, operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.1.0' };
    return engine.putSnapshot('backups', { name, indices: [], owner: { ...owner, ...(mark && { mark }) } });
  };
  const read = snapshotMarks({ engine, history, profiles: [optimize], repository });
  return { engine, history, put, read };
};

it('reads nothing where no repository is configured', async () => {
  const { engine, put } = setUp();
  put('a', markText(markAt('1')));
  const history = inMemoryHistory({ now: () => new Date(0) });
  expect(await snapshotMarks({ engine, history, profiles: [optimize], repository: undefined })()).toEqual([]);
  expect(engine.calls).toEqual([]);
});

it('reads the marks of snapshots that no operation of this history has seen', async () => {
  const { history, put, read } = setUp();
  put('a', markText(markAt('1')));
  const seen = put('b', markText(markAt('2')));
  await history.accept(
    newCreate(1, 'b', { parts: [{ number: 1, of: 1, snapshotName: seen.name, indices: [] }], location: here }),
  );
  const claim = await history.claim(newCreate(1, 'b').operationId, {
    ...{ worker: 'w', leaseMs: 1_000, createsPerRepository: 1, queuedRetryMs: 1 },
  });
  if (!claim.claimed) throw new Error(claim.why);
  await history.record(claim.operation.operationId, claim.operation.revision, {
    parts: [{ number: 1, state: 'SUCCESS', uuid: seen.uuid }],
    outcome: { do: 'hold' },
  });
  expect(await read()).toEqual([markAt('1')]);
});

it.each([
  ['has no mark', undefined, nameOf('a')],
  ['has a text of somebody else', 'not-a-mark', nameOf('a')],
  ['has a name of somebody else', markText(markAt('1')), 'nightly'],
])('finds no mark where a snapshot %s', async (_, mark, name) => {
  const { put, read } = setUp();
  put('a', mark, name);
  expect(await read()).toEqual([]);
});

it('reads the metadata of a snapshot once', async () => {
  const { engine, history, put } = setUp();
  const reads: string[] = [];
  const watched = {
    ...engine,
    findSnapshots: (repository: string, names: readonly string[]) => {
      reads.push(...names);
      return engine.findSnapshots(repository, names);
    },
  };
  const read = snapshotMarks({ engine: watched, history, profiles: [optimize], repository: 'backups' });
  put('a', markText(markAt('1')));
  expect((await read()).map(({ eventId }) => eventId)).toEqual(['1']);
  put('b', markText(markAt('2')));
  expect((await read()).map(({ eventId }) => eventId).sort()).toEqual(['1', '2']);
  expect(reads).toEqual([nameOf('a'), nameOf('b')]);
});

it('reads the others where one cannot be read', async () => {
  const { engine, history, put } = setUp();
  put('a', markText(markAt('1')));
  put('b', markText(markAt('2')));
  const rotten = fail('REPOSITORY_UNAVAILABLE', 'A file is gone.', {});
  const partly = {
    ...engine,
    findSnapshots: async (repository: string, names: readonly string[]) => {
      if (names.includes(nameOf('a'))) throw rotten;
      return engine.findSnapshots(repository, names);
    },
  };
  const marks = await snapshotMarks({ engine: partly, history, profiles: [optimize], repository: 'backups' })();
  expect(marks).toEqual([markAt('2')]);
});

it.each(['ENGINE_UNREACHABLE', 'ENGINE_TIMEOUT', 'ENGINE_BUSY'] as const)('rejects with %s', async (code) => {
  const { engine, put, read } = setUp();
  put('a', markText(markAt('1')));
  engine.failNext('findSnapshots', fail(code, 'on purpose', { call: 'findSnapshots' }));
  await expect(read()).rejects.toMatchObject({ code });
});
