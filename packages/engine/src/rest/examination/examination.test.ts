import { CLUSTER_RIGHTS, INDEX_RIGHTS } from '@tandem/shared/domain/doctor/engine-rights.ts';
import { describe, expect, it } from 'vitest';
import { sending } from '../sending.fixture.ts';

const all = (names: Readonly<Record<string, unknown>>, isHeld = true) =>
  Object.fromEntries(Object.keys(names).map((name) => [name, isHeld]));

const PRIVILEGES = 'POST /_security/user/_has_privileges';
const NODES = 'GET /_nodes/_all/process';
const STATS = 'GET /_nodes/stats/process';

describe('the privileges of the user', () => {
  it('are those that the engine says it lacks, by pattern', async () => {
    const reply = {
      username: 'tandem',
      has_all_requested: false,
      cluster: { ...all(CLUSTER_RIGHTS), read_ilm: false },
      index: { 'optimize-*': { ...all(INDEX_RIGHTS), manage: false }, 'tandem-rehearsal-*': all(INDEX_RIGHTS) },
      application: {},
    };
    const { result, requests } = await sending([[PRIVILEGES, 200, reply]], (engine) =>
      engine.lackingRights(['optimize-*', 'tandem-rehearsal-*']),
    );
    expect(result).toEqual({ cluster: ['read_ilm'], indices: [{ pattern: 'optimize-*', privilege: 'manage' }] });
    expect(requests).toMatchObject([
      {
        line: PRIVILEGES,
        body: {
          cluster: Object.keys(CLUSTER_RIGHTS),
          index: [{ names: ['optimize-*', 'tandem-rehearsal-*'], privileges: Object.keys(INDEX_RIGHTS) }],
        },
      },
    ]);
  });

  it.each([400, 403, 404, 405, 500])('are not known where the engine answers %i', async (status) => {
    const { result } = await sending([[PRIVILEGES, status, { error: 'no', status }]], (engine) =>
      engine.lackingRights(['optimize-*']),
    );
    expect(result).toBeUndefined();
  });
});

describe('the nodes', () => {
  const nodes = { nodes: { a: { name: 'two', version: '8.19.2' }, b: { version: '9.0.1' } } };
  const stats = { nodes: { a: { timestamp: 1_700_000_000_000 }, b: { timestamp: 1_700_000_001_000 } } };

  it('have the clock that their statistics report, and their id where they have no name', async () => {
    const { result } = await sending(
      [
        [NODES, 200, nodes],
        [STATS, 200, stats],
      ],
      (engine) => engine.inspectNodes(),
    );
    expect(result).toEqual([
      { name: 'b', version: '9.0.1', clock: new Date(1_700_000_001_000) },
      { name: 'two', version: '8.19.2', clock: new Date(1_700_000_000_000) },
    ]);
  });

  it('have no clock where a service refuses the statistics, and are not known where it refuses both', async () => {
    const forbidden = { Message: 'not allowed' };
    const some = await sending(
      [
        [NODES, 200, nodes],
        [STATS, 403, forbidden],
      ],
      (engine) => engine.inspectNodes(),
    );
    expect(some.result?.map(({ clock }) => clock)).toEqual([undefined, undefined]);
    const none = await sending(
      [
        [NODES, 401, forbidden],
        [STATS, 403, forbidden],
      ],
      (engine) => engine.inspectNodes(),
    );
    expect(none.result).toBeUndefined();
  });
});
