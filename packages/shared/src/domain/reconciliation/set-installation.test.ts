import { expect, it } from 'vitest';
import type { SnapshotOwner } from '../backup/snapshot.ts';
import { omitUndefined } from '../omit-undefined.ts';
import type { FoundSet } from './found-sets.ts';
import { isOfOtherInstallation, isOfOwnOptimize } from './set-installation.ts';

const setOf = (indices: readonly string[], indexPrefix?: string): FoundSet => {
  const owner: SnapshotOwner = {
    ...{ backupId: 'b', operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '1.0.0' },
    ...omitUndefined({ indexPrefix }),
  };
  return {
    ...{ backupId: 'b', optimizeVersion: '3.9.0', of: 2 },
    snapshots: [
      {
        ...{ number: 1, name: 'name', uuid: 'uuid', state: 'SUCCESS', indices, owner },
        ...{ engineVersion: undefined, versionId: undefined, startedAt: undefined, endedAt: undefined },
        ...{ shards: { total: 1, successful: 1, failed: 0 }, failures: [], reason: undefined },
      },
    ],
  };
};
const ours = ['optimize-import-index_v3'];
const staging = ['optimize-staging-import-index_v3', 'optimize-staging-timestamp-based-import-index_v4'];

it.each<readonly [string, readonly string[], string | undefined, boolean]>([
  ['holds our indices', ours, undefined, false],
  ['says our prefix', ours, 'optimize', false],
  ['holds what the catalogue lacks', ['optimize-brand-new_v1'], undefined, false],
  ['holds no index', [], undefined, false],
  ['says another prefix', staging, 'optimize-staging', true],
  ['says another prefix, and holds indices of ours as well', [...ours, ...staging], 'optimize-staging', true],
  ['says our prefix, and holds indices of others as well', [...ours, ...staging], 'optimize', false],
  ['says a prefix that none of its indices has', ours, 'optimize-staging', false],
  ['says nothing, and holds those of a longer prefix', staging, undefined, true],
  ['says nothing, and holds those of another prefix', ['acme-import-index_v3'], undefined, true],
  ['says nothing, and holds ours and those of others', [...ours, ...staging], undefined, false],
])('a set that %s', (_, indices, indexPrefix, expected) => {
  expect(isOfOtherInstallation('optimize', setOf(indices, indexPrefix))).toBe(expected);
});

it('of the installation with the shorter prefix is not ours either', () => {
  expect(isOfOtherInstallation('optimize-staging', setOf(ours))).toBe(true);
  expect(isOfOtherInstallation('optimize-staging', setOf(ours, 'optimize'))).toBe(true);
});

it.each<readonly [string, readonly string[], boolean]>([
  ['our indices', [...ours, 'optimize-alert_v4'], true],
  ['ours, and one that the catalogue lacks', [...ours, 'optimize-brand-new_v1'], true],
  ['only what the catalogue lacks', ['optimize-brand-new_v1'], false],
  ['no index', [], false],
  ['ours and those of a longer prefix', [...ours, ...staging], false],
  ['ours and those of another prefix', [...ours, 'acme-import-index_v3'], false],
  ['ours and those of another component', [...ours, 'optimize-operate-import-position_v1'], false],
  ['ours and a copy of a rehearsal', [...ours, 'tandem-rehearsal-1-optimize-alert_v4'], false],
  ['those of a longer prefix', staging, false],
])('a set made outside Tandem that holds %s: of our Optimize is %s', (_, indices, expected) => {
  const { snapshots } = setOf(indices);
  const unmarked = snapshots.map((snapshot) => ({ ...snapshot, owner: undefined }));
  const at = (outside: object) => ({ indexPrefix: 'optimize', indices: [], snapshots: [], ...outside });
  expect(isOfOwnOptimize('optimize', at({ snapshots: unmarked }))).toBe(expected);
  expect(isOfOwnOptimize('optimize', at({ indices }))).toBe(expected);
  expect(isOfOwnOptimize('optimize', at({ snapshots }))).toBe(false);
  expect(isOfOwnOptimize('optimize', at({ indices, indexPrefix: 'optimize-staging' }))).toBe(false);
});
