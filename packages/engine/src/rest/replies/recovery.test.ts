import { describe, expect, it } from 'vitest';
import { codeOfAnswer, type EngineCall } from '../failures/failure.ts';
import { ReplyInvalid } from '../reply-fields.ts';
import { type PrimaryState, statesIn } from './index-replies.ts';
import { isReady, isUnexplained, recoveriesIn, recoveryOf, runningSnapshotsIn } from './recovery.ts';

const source = { type: 'SNAPSHOT', repository: 'backups', snapshot: 'one', restoreUUID: 'restore' };
const known = { repository: 'backups', snapshot: 'one', restoreUuid: 'restore' };
const existing = { type: 'EXISTING_STORE', bootstrap_new_history_uuid: false };

const primary = (state: string, recoverySource?: object, status?: string, details?: string): PrimaryState => ({
  shard: 0,
  state,
  recoverySource,
  unassigned: status === undefined ? undefined : { allocation_status: status, details },
});

const recoveryOfOne = (state: PrimaryState) =>
  recoveryOf('copy', { open: true, uuid: 'u', blocks: [], primaries: [state] }, []);

const recovery = { type: 'SNAPSHOT', primary: true, source };
const size = { total_in_bytes: 100, reused_in_bytes: 10, recovered_in_bytes: 20 };

/** As seen on 7.17.29, 8.19.21 and 9.5.3 with deleted and changed files, an allocation filter and a kill -9. */
describe('A primary that is being restored', () => {
  it.each([
    ['waits for its first try', primary('UNASSIGNED', source, 'no_attempt'), undefined],
    ['waits between two tries', primary('UNASSIGNED', source, 'fetching_shard_data'), undefined],
    ['waits for others', primary('UNASSIGNED', source, 'deciders_throttled'), undefined],
    ['is being filled', primary('INITIALIZING', source, 'no_attempt'), undefined],
    ['is there', primary('STARTED'), undefined],
    ['was given up', primary('UNASSIGNED', source, 'deciders_no'), false],
    ['was lost in a restart', primary('UNASSIGNED', existing, 'no_valid_shard_copy'), true],
    ['is being filled after a node refused it', primary('INITIALIZING', source, 'deciders_no'), undefined],
    ['is being filled from what a node has', primary('INITIALIZING', existing, 'no_valid_shard_copy'), undefined],
    [
      'has no copy yet, since it waits for the snapshot',
      primary('UNASSIGNED', source, 'no_valid_shard_copy'),
      undefined,
    ],
    ['is unassigned for a reason that is not given', primary('UNASSIGNED', existing), undefined],
    ['is an old one that waits for its node', primary('UNASSIGNED', existing, 'deciders_no'), undefined],
  ])('%s', (_, state, lost) => {
    const { failures } = recoveryOfOne(state);
    expect(failures).toMatchObject(lost === undefined ? [] : [{ shard: 0, lost }]);
    expect(failures).toHaveLength(lost === undefined ? 0 : 1);
  });

  it('returns the first line and the last cause of a stack trace', () => {
    const details =
      'failed shard\n\tat a.b.C(C.java:1)\nCaused by: first\n\tat d.E\nCaused by: java.nio.Gone: file\n\tat f';
    const { failures } = recoveryOfOne(primary('UNASSIGNED', source, 'deciders_no', details));
    expect(failures[0]?.reason).toBe('failed shard · Caused by: java.nio.Gone: file');
  });

  it.each([
    ['no details', undefined, 'no node may hold the shard'],
    ['empty details', '', 'no node may hold the shard'],
    ['one line', 'failed shard', 'failed shard'],
    ['one cause', 'failed shard\n\tat a.b\nCaused by: disk', 'failed shard · Caused by: disk'],
    ['three causes', 'failed\nCaused by: a\nCaused by: b\nCaused by: c\n\tat d', 'failed · Caused by: c'],
    ['a cause below an empty line', '\nCaused by: disk', 'Caused by: disk'],
    ['the cause of another exception last', 'failed\nCaused by: a\n\tCaused by: b', 'failed · Caused by: a'],
    ['a very long line', 'x'.repeat(1_001), 'x'.repeat(1_000)],
  ])('is abandoned for the reason that the engine gives in %s', (_, details, reason) => {
    const { failures } = recoveryOfOne(primary('UNASSIGNED', source, 'deciders_no', details));
    expect(failures).toEqual([{ shard: 0, reason, lost: false }]);
  });

  it.each([
    ['its tries failed', { reason: 'ALLOCATION_FAILED' }, false],
    ['a restore requested it', { reason: 'NEW_INDEX_RESTORED' }, true],
    ['its node left', { reason: 'NODE_LEFT' }, true],
    ['it is assigned', undefined, false],
  ])('needs an explanation by the engine or not, since %s: %s', (_, unassigned, needed) => {
    const state = { shard: 0, state: 'UNASSIGNED', recoverySource: source, unassigned };
    expect(isUnexplained(state)).toBe(needed);
  });

  it('counts as done only once it is started', () => {
    const primaries = [primary('STARTED'), primary('INITIALIZING', source), primary('RELOCATING')];
    const state = { open: true, uuid: 'u', blocks: [], primaries };
    expect(recoveryOf('copy', state, [])).toMatchObject({ shards: 3, shardsDone: 2 });
  });

  it('has the source of the first shard that came from a snapshot, and the bytes of all', () => {
    const local = { type: 'EXISTING_STORE', primary: true, source: {}, index: { size } };
    const reply = { copy: { shards: [local, { ...recovery, index: { size } }] } };
    const recoveries = recoveriesIn(reply).get('copy') ?? [];
    expect(recoveries.map((one) => one.source)).toEqual([undefined, known]);
    const state = { open: true, uuid: 'u', blocks: [], primaries: [primary('STARTED'), primary('STARTED')] };
    expect(recoveryOf('copy', state, recoveries)).toMatchObject({ source: known, bytes: 200, bytesDone: 60 });
  });

  it.each([
    [[], 'the answer is not an object'],
    [{ copy: {} }, 'copy.shards is not a list'],
    [{ copy: { shards: [{ ...recovery }] } }, 'copy.shards[0].index is not an object'],
    [
      { copy: { shards: [{ ...recovery, index: { size: { ...size, recovered_in_bytes: '20' } } }] } },
      'copy.shards[0].index.size.recovered_in_bytes is not a count',
    ],
    [
      { copy: { shards: [{ ...recovery, source: { ...source, restoreUUID: undefined }, index: { size } }] } },
      'copy.shards[0].source.restoreUUID is not a text',
    ],
  ])('is not believed with %j: %s', (reply, message) => {
    expect(() => recoveriesIn(reply)).toThrow(ReplyInvalid);
    expect(() => recoveriesIn(reply)).toThrow(message);
  });

  it('has a source before it is started, and after', () => {
    const open = { open: true, uuid: 'u', blocks: [] };
    const after = recoveriesIn({ copy: { shards: [{ ...recovery, index: { size } }] } }).get('copy') ?? [];
    expect(recoveryOfOne(primary('UNASSIGNED', source, 'no_attempt')).source).toEqual(known);
    expect(recoveryOf('copy', { ...open, primaries: [primary('STARTED')] }, after)).toMatchObject({
      ...{ shards: 1, shardsDone: 1, bytes: 100, bytesDone: 30, source: known },
    });
    expect(recoveryOfOne(primary('STARTED')).source).toBeUndefined();
  });

  it('is not for replicas to say', () => {
    const replica = { type: 'PEER', primary: false, source: {}, index: { size } };
    expect(recoveriesIn({ copy: { shards: [replica] } }).get('copy')).toEqual([]);
  });
});

describe('The state of indices', () => {
  const shard = (state: string, isPrimary = true) => ({ primary: isPrimary, shard: 0, state });
  const metadata = { indices: { one: { state: 'open', settings: { index: { uuid: 'u' } } } } };
  const states = (...shards: object[]) =>
    statesIn({ metadata, routing_table: { indices: { one: { shards: { 0: shards } } } } }, ['one']);

  it.each([
    ['all are started', [shard('STARTED'), shard('UNASSIGNED', false)], true],
    ['one moves', [shard('RELOCATING')], true],
    ['one is not started', [shard('INITIALIZING')], false],
    ['one of two is not started', [shard('STARTED'), shard('INITIALIZING')], false],
    ['none is known', [], false],
  ])('is ready when of its primaries %s: %s', (_, shards, ready) => {
    const [one] = states(...shards).values();
    expect(one === undefined ? undefined : isReady(one)).toBe(ready);
  });

  it('omits what was not requested, and reads an empty reply', () => {
    expect([...statesIn({ metadata }, ['alias']).keys()]).toEqual([]);
    expect([...statesIn({}, ['one']).keys()]).toEqual([]);
  });
});

describe('The snapshots that run', () => {
  it('are those of all repositories, with their indices sorted', () => {
    const one = { repository: 'backups', snapshot: 'one', state: 'STARTED', indices: { b: {}, a: {} } };
    const two = { repository: 'others', snapshot: 'two', state: 'INIT' };
    expect(runningSnapshotsIn({ snapshots: [one, two] })).toEqual([
      { repository: 'backups', name: 'one', indices: ['a', 'b'] },
      { repository: 'others', name: 'two', indices: [] },
    ]);
  });

  it('are none in an answer without a list', () => {
    expect(runningSnapshotsIn({})).toEqual([]);
    expect(runningSnapshotsIn({ snapshots: [] })).toEqual([]);
  });

  it.each([
    ['text', 'the answer is not an object'],
    [{ snapshots: {} }, 'snapshots is not a list'],
    [{ snapshots: ['one'] }, 'snapshots[0] is not an object'],
    [{ snapshots: [{ snapshot: 'one' }] }, 'snapshots[0].repository is not a text'],
    [{ snapshots: [{ repository: 'backups' }] }, 'snapshots[0].snapshot is not a text'],
    [
      { snapshots: [{ repository: 'backups', snapshot: 'one', indices: ['a'] }] },
      'snapshots[0].indices is not an object',
    ],
  ])('are not known from %j: %s', (reply, message) => {
    expect(() => runningSnapshotsIn(reply)).toThrow(ReplyInvalid);
    expect(() => runningSnapshotsIn(reply)).toThrow(message);
  });
});

describe('The replies of an engine to calls about indices', () => {
  it.each<[number, string, EngineCall, string]>([
    [500, 'snapshot_restore_exception', 'startRestore', 'RESTORE_REFUSED'],
    [400, 'invalid_index_name_exception', 'startRestore', 'RESTORE_REFUSED'],
    [404, 'index_not_found_exception', 'startRestore', 'INDEX_NOT_FOUND'],
    [404, 'repository_missing_exception', 'startRestore', 'REPOSITORY_UNKNOWN'],
    [500, 'repository_exception', 'startRestore', 'REPOSITORY_UNAVAILABLE'],
    [404, 'snapshot_missing_exception', 'startRestore', 'REPOSITORY_UNAVAILABLE'],
    [503, 'concurrent_snapshot_execution_exception', 'startRestore', 'ENGINE_BUSY'],
    [409, 'concurrent_snapshot_execution_exception', 'deleteSnapshot', 'ENGINE_BUSY'],
    [400, 'validation_exception', 'startRestore', 'ENGINE_REFUSED'],
    [400, 'snapshot_in_progress_exception', 'deleteIndices', 'ENGINE_BUSY'],
    [404, 'index_not_found_exception', 'measureIndices', 'INDEX_NOT_FOUND'],
    [400, 'index_closed_exception', 'measureIndices', 'INDEX_NOT_FOUND'],
    [503, 'search_phase_execution_exception', 'measureIndices', 'ENGINE_BUSY'],
  ])('%i %s at %s -> %s', (status, type, call, code) => {
    expect(codeOfAnswer(call, status, type)).toBe(code);
  });
});
