import { describe, expect, it } from 'vitest';
import type { Answer } from './answering.fixture.ts';
import { MASTER, sending } from './sending.fixture.ts';

const owner = { backupId: 'b', operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.1.0' };
const newSnapshot = { repository: 'backups', name: 'one', indices: ['optimize-a', 'optimize-b'], owner };

describe('a snapshot', () => {
  it('is started without partial, global and feature state, and not waited for', async () => {
    const { requests } = await sending([['PUT', 200, { accepted: true }]], (engine) =>
      engine.startSnapshot(newSnapshot),
    );
    expect(requests).toEqual([
      {
        line: 'PUT /_snapshot/backups/one',
        query: { ...MASTER, wait_for_completion: 'false' },
        body: {
          indices: ['optimize-a', 'optimize-b'],
          include_global_state: false,
          partial: false,
          ignore_unavailable: false,
          feature_states: ['none'],
          metadata: { tandem: owner },
        },
      },
    ]);
  });

  it.each([{}, { accepted: false }])('is not started if the engine returns %j', async (reply) => {
    const starting = sending([['PUT', 200, reply]], (engine) => engine.startSnapshot(newSnapshot));
    await expect(starting).rejects.toMatchObject({ code: 'ENGINE_ANSWER_INVALID' });
  });

  it('is deleted by its one name', async () => {
    const { requests } = await sending([['DELETE', 200, { acknowledged: true }]], (engine) =>
      engine.deleteSnapshot('backups', 'one'),
    );
    expect(requests).toEqual([{ line: 'DELETE /_snapshot/backups/one', query: MASTER }]);
  });

  it('is not deleted where the engine does not acknowledge it', async () => {
    const deleting = sending([['DELETE', 200, { acknowledged: false }]], (engine) =>
      engine.deleteSnapshot('backups', 'one'),
    );
    await expect(deleting).rejects.toMatchObject({ code: 'ENGINE_ANSWER_INVALID' });
  });

  it('is listed from the catalogue alone', async () => {
    const { requests } = await sending([['GET', 200, { total: 0, snapshots: [] }]], (engine) =>
      engine.listSnapshots('backups', 'camunda_optimize_'),
    );
    expect(requests).toEqual([
      {
        line: 'GET /_snapshot/backups/camunda_optimize_*',
        query: {
          ...MASTER,
          ...{ ignore_unavailable: 'true', verbose: 'false' },
          filter_path: 'total,snapshots.snapshot,snapshots.uuid,snapshots.state,failures',
        },
      },
    ]);
  });

  it('shows its progress by its status', async () => {
    const shards_stats = { total: 2, done: 1, failed: 0, initializing: 0, started: 1, finalizing: 0 };
    const stats = {
      total: { size_in_bytes: 10, file_count: 2 },
      processed: { size_in_bytes: 5, file_count: 1 },
      incremental: { size_in_bytes: 10, file_count: 2 },
    };
    const { requests } = await sending([['GET', 200, { snapshots: [{ shards_stats, stats }] }]], (engine) =>
      engine.snapshotProgress('backups', 'one'),
    );
    expect(requests).toEqual([{ line: 'GET /_snapshot/backups/one/_status', query: MASTER }]);
  });
});

describe('a snapshot lookup', () => {
  const info = (name: string) => ({
    ...{ snapshot: name, uuid: `u-${name}`, state: 'SUCCESS', indices: ['optimize-a'], failures: [] },
    ...{
      shards: { total: 1, successful: 1, failed: 0 },
      start_time_in_millis: 1_700_000_000_000,
      end_time_in_millis: 0,
    },
    ...{ version: '8.19.9', version_id: 8_190_099, include_global_state: false },
  });

  it('is lenient, and sends no second request if all were found', async () => {
    const { requests, result } = await sending([['GET', 200, { snapshots: [info('one')] }]], (engine) =>
      engine.findSnapshots('backups', ['one', 'one']),
    );
    expect(requests).toEqual([
      { line: 'GET /_snapshot/backups/one', query: { ...MASTER, ignore_unavailable: 'true' } },
    ]);
    expect(result.map(({ name }) => name)).toEqual(['one']);
  });

  it('is not there where the catalogue does not have it either', async () => {
    const { requests, result } = await sending([['GET', 200, { snapshots: [] }]], (engine) =>
      engine.findSnapshots('backups', ['one']),
    );
    expect(requests).toEqual([
      { line: 'GET /_snapshot/backups/one', query: { ...MASTER, ignore_unavailable: 'true' } },
      { line: 'GET /_snapshot/backups/one', query: { ...MASTER, ignore_unavailable: 'true', verbose: 'false' } },
    ]);
    expect(result).toEqual([]);
  });

  const LENIENTLY: Answer = ['GET', 200, { snapshots: [] }, { ignore_unavailable: 'true', verbose: undefined }];
  const error = { error: { type: 'repository_exception', reason: 'its file is gone' }, status: 500 };
  const strictly = (status: number, body: object): Answer => ['GET', status, body, { ignore_unavailable: undefined }];

  it('is not absent where the catalogue has it and it cannot be read', async () => {
    const catalogue: Answer = ['GET', 200, { snapshots: [{ snapshot: 'one' }] }, { verbose: 'false' }];
    const finding = sending([LENIENTLY, catalogue, strictly(500, error)], (engine) =>
      engine.findSnapshots('backups', ['one']),
    );
    await expect(finding).rejects.toMatchObject({ code: 'REPOSITORY_UNAVAILABLE' });
  });

  it('is what the strict read says where only the lenient one left it out', async () => {
    const catalogue: Answer = ['GET', 200, { snapshots: [{ snapshot: 'one' }] }, { verbose: 'false' }];
    const { result } = await sending([LENIENTLY, catalogue, strictly(200, { snapshots: [info('one')] })], (engine) =>
      engine.findSnapshots('backups', ['one']),
    );
    expect(result.map(({ name }) => name)).toEqual(['one']);
  });
});
