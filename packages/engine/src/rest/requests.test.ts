import { describe, expect, it } from 'vitest';
import { MASTER, sending } from './sending.fixture.ts';

describe('a repository', () => {
  it('is verified by all nodes', async () => {
    const { requests } = await sending([['POST', 200, { nodes: { a: { name: 'node-1' } } }]], (engine) =>
      engine.verifyRepository('backups'),
    );
    expect(requests).toEqual([{ line: 'POST /_snapshot/backups/_verify', query: MASTER }]);
  });

  it('is read by its settings and by a lookup of a snapshot that never exists', async () => {
    const { requests } = await sending(
      [
        ['GET /_snapshot/backups/tandem-probe', 200, { snapshots: [] }],
        ['GET /_snapshot/backups/*', 200, { snapshots: [{ snapshot: 'a' }, { snapshot: 'b' }] }],
        [
          'GET /_snapshot/backups',
          200,
          { backups: { type: 'fs', settings: { location: '/x', max_number_of_snapshots: '3' } } },
        ],
      ],
      async (engine) => expect(await engine.readRepository('backups')).toMatchObject({ snapshotsLeft: 1 }),
    );
    expect(requests.map(({ line, query }) => [line, query])).toEqual([
      ['GET /_snapshot/backups', MASTER],
      ['GET /_snapshot/backups/tandem-probe', { ...MASTER, ignore_unavailable: 'true' }],
      ['GET /_snapshot/backups/tandem-probe', { ...MASTER, ignore_unavailable: 'true', verbose: 'false' }],
      [
        'GET /_snapshot/backups/*',
        { ...MASTER, ignore_unavailable: 'true', verbose: 'false', filter_path: 'snapshots.snapshot,failures' },
      ],
    ]);
  });
});

describe('templates', () => {
  it('are put back in the order in which they name each other', async () => {
    const { requests } = await sending([['PUT', 200, { acknowledged: true }]], (engine) =>
      engine.putTemplates({
        legacyTemplates: { old: { order: 1 } },
        indexTemplates: { new: { priority: 1 } },
        componentTemplates: { part: { template: {} } },
        lifecyclePolicies: { policy: { policy: {} } },
      }),
    );
    expect(requests).toEqual([
      { line: 'PUT /_ilm/policy/policy', query: MASTER, body: { policy: {} } },
      { line: 'PUT /_component_template/part', query: MASTER, body: { template: {} } },
      { line: 'PUT /_index_template/new', query: MASTER, body: { priority: 1 } },
      { line: 'PUT /_template/old', query: MASTER, body: { order: 1 } },
    ]);
  });
});
