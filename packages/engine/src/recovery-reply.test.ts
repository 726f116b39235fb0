import { describe, expect, it } from 'vitest';
import { codeOfAnswer, type EngineCall } from './elasticsearch-failure.ts';
import { type PrimaryState, statesIn } from './index-reply.ts';
import { isReady, recoveriesIn, recoveryOf } from './recovery-reply.ts';

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
    ['is an old one that waits for its node', primary('UNASSIGNED', existing, 'deciders_no'), undefined],
  ])('%s', (_, state, lost) => {
    const { failures } = recoveryOfOne(state);
    expect(failures).toMatchObject(lost === undefined ? [] : [{ shard: 0, lost }]);
    expect(failures).toHaveLength(lost === undefined ? 0 : 1);
  });

  it('tells the first line and the last cause of a stack trace', () => {
    const details =
      'failed shard\n\tat a.b.C(C.java:1)\nCaused by: first\n\tat d.E\nCaused by: java.nio.Gone: file\n\tat f';
    const { failures } = recoveryOfOne(primary('UNASSIGNED', source, 'deciders_no', details));
    expect(failures[0]?.reason).toBe('failed shard · Caused by: java.nio.Gone: file');
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
    ['none is known', [], false],
  ])('is ready when of its primaries %s: %s', (_, shards, ready) => {
    const [one] = states(...shards).values();
    expect(one === undefined ? undefined : isReady(one)).toBe(ready);
  });

  it('leaves out what was not asked for, and reads an answer of nothing', () => {
    expect([...statesIn({ metadata }, ['alias']).keys()]).toEqual([]);
    expect([...statesIn({}, ['one']).keys()]).toEqual([]);
  });
});

describe('What an engine answers to calls about indices', () => {
  it.each<[number, string, EngineCall, string]>([
    [500, 'snapshot_restore_exception', 'startRestore', 'RESTORE_REFUSED'],
    [400, 'invalid_index_name_exception', 'startRestore', 'RESTORE_REFUSED'],
    [404, 'index_not_found_exception', 'startRestore', 'INDEX_NOT_FOUND'],
    [404, 'repository_missing_exception', 'startRestore', 'REPOSITORY_UNKNOWN'],
    [500, 'repository_exception', 'startRestore', 'REPOSITORY_UNAVAILABLE'],
    [404, 'snapshot_missing_exception', 'startRestore', 'REPOSITORY_UNAVAILABLE'],
    [503, 'concurrent_snapshot_execution_exception', 'startRestore', 'ENGINE_BUSY'],
    [400, 'validation_exception', 'startRestore', 'ENGINE_REFUSED'],
    [400, 'snapshot_in_progress_exception', 'deleteIndices', 'ENGINE_BUSY'],
    [404, 'index_not_found_exception', 'measureIndices', 'INDEX_NOT_FOUND'],
    [400, 'index_closed_exception', 'measureIndices', 'INDEX_NOT_FOUND'],
    [503, 'search_phase_execution_exception', 'measureIndices', 'ENGINE_BUSY'],
  ])('%i %s at %s -> %s', (status, type, call, code) => {
    expect(codeOfAnswer(call, status, type)).toBe(code);
  });
});
