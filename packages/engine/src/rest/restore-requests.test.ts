import { describe, expect, it } from 'vitest';
import type { NewRestore } from '../index-port.ts';
import type { Answer } from './answering.fixture.ts';
import { STATE } from './requests.fixture.ts';
import { failing, MASTER, sending, stateOf } from './sending.fixture.ts';

describe('a restore', () => {
  const restore: NewRestore = {
    repository: 'backups',
    snapshot: 'one',
    indices: ['optimize-a'],
    rename: undefined,
    as: 'saved',
  };
  const restoring = (more: Partial<NewRestore>) =>
    sending([['POST', 200, { accepted: true }]], (engine) => engine.startRestore({ ...restore, ...more }));
  const sent = {
    line: 'POST /_snapshot/backups/one/_restore',
    query: { ...MASTER, wait_for_completion: 'false' },
    body: {
      ...{ indices: ['optimize-a'], include_global_state: false, feature_states: ['none'] },
      ...{ partial: false, ignore_unavailable: false },
    },
  };

  it('in place restores complete indices with their aliases, and nothing else', async () => {
    const { requests } = await restoring({ as: 'saved' });
    expect(requests).toEqual([{ ...sent, body: { ...sent.body, include_aliases: true } }]);
  });

  it('of a copy has other names, no aliases and no replicas', async () => {
    const rename = { pattern: '(.+)', replacement: 'copy-$1' };
    const { requests } = await restoring({ as: 'copy', rename, settings: { 'index.hidden': 'true' } });
    expect(requests).toEqual([
      {
        ...sent,
        body: {
          ...sent.body,
          ...{ include_aliases: false, rename_pattern: '(.+)', rename_replacement: 'copy-$1' },
          index_settings: {
            'index.number_of_replicas': 0,
            'index.auto_expand_replicas': 'false',
            'index.hidden': 'true',
          },
        },
      },
    ]);
  });

  it('leaves out the settings that are named, and sets others', async () => {
    const settings = { 'index.blocks.write': 'true' };
    const { requests } = await restoring({ as: 'saved', ignoreSettings: ['index.lifecycle.name'], settings });
    const body = { include_aliases: true, ignore_index_settings: ['index.lifecycle.name'], index_settings: settings };
    expect(requests).toEqual([{ ...sent, body: { ...sent.body, ...body } }]);
  });

  it('is not begun where the engine does not accept it', async () => {
    const starting = sending([['POST', 200, { accepted: false }]], (engine) => engine.startRestore(restore));
    await expect(starting).rejects.toMatchObject({ code: 'ENGINE_ANSWER_INVALID' });
  });

  it.each([[[]], [['optimize-*']], [['_all']]])('of %j is rejected without a request', async (indices) => {
    const { requests, result } = await failing([['/', 200, {}]], (engine) =>
      engine.startRestore({ ...restore, indices }),
    );
    expect(result).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(requests).toEqual([]);
  });

  const snapshot = (change: object) => ({
    ...{ snapshot: 'one', uuid: 'u', state: 'SUCCESS', indices: ['optimize-a'], failures: [], version: '8.19.9' },
    ...{ shards: { total: 1, successful: 1, failed: 0 }, start_time_in_millis: 1, end_time_in_millis: 2 },
    ...change,
  });
  const failures = [{ index: 'optimize-a', shard_id: 0, reason: 'lost' }];
  const REFUSAL = { error: { type: 'snapshot_restore_exception', reason: 'cannot restore' }, status: 500 };

  it.each<[string, string, readonly object[]]>([
    ['an index is in the way of a whole snapshot', 'INDEX_EXISTS', [snapshot({})]],
    ['an index is in the way of a whole part of it', 'INDEX_EXISTS', [snapshot({ state: 'PARTIAL' })]],
    ['the snapshot failed', 'RESTORE_REFUSED', [snapshot({ state: 'FAILED' })]],
    ['it has no whole copy of the index', 'RESTORE_REFUSED', [snapshot({ state: 'PARTIAL', failures })]],
    ['it is not there', 'SNAPSHOT_NOT_FOUND', []],
  ])('that is refused says why: %s', async (_, code, snapshots) => {
    const answers: Answer[] = [['POST', 500, REFUSAL], STATE, ['GET', 200, { snapshots }]];
    await expect(sending(answers, (engine) => engine.startRestore(restore))).rejects.toMatchObject({ code });
  });

  it.each<[string, string, boolean]>([
    ['one of its indices is open', 'INDEX_EXISTS', true],
    ['all of its indices are closed', 'RESTORE_REFUSED', false],
  ])('that is refused says whether an index is in the way: %s', async (_, code, open) => {
    const state = stateOf({ 'optimize-a': { open: false }, 'optimize-b': { open } });
    const answers: Answer[] = [
      ['POST', 500, REFUSAL],
      [STATE[0], 200, state],
      ['GET', 200, { snapshots: [snapshot({})] }],
    ];
    const { requests, result } = await failing(answers, (engine) =>
      engine.startRestore({ ...restore, indices: ['optimize-a', 'optimize-b'] }),
    );
    expect(result).toMatchObject({ code, data: { call: 'startRestore', reason: 'cannot restore' } });
    expect(requests.at(-1)?.line).toBe('GET /_cluster/state/metadata,routing_table/optimize-a,optimize-b');
  });

  it.each<[number, string, string]>([
    [400, 'invalid_index_name_exception', 'RESTORE_REFUSED'],
    [503, 'snapshot_restore_exception', 'ENGINE_BUSY'],
  ])('that ends with %i %s is not looked into', async (status, type, code) => {
    const answers: Answer[] = [['POST', status, { error: { type }, status }], STATE, ['GET', 200, { snapshots: [] }]];
    const { requests, result } = await failing(answers, (engine) => engine.startRestore(restore));
    expect(result).toMatchObject({ code });
    expect(requests).toHaveLength(1);
  });
});
