import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../backup/snapshot.ts';
import { optimize } from '../profile.ts';
import { foundSets, startOf } from './found-sets.ts';

const snapshot = (name: string, startedAt?: number): Snapshot => ({
  ...{ name, uuid: `uuid of ${name}`, state: 'SUCCESS', indices: [], owner: undefined },
  ...{ engineVersion: undefined, versionId: undefined, endedAt: undefined, failures: [], reason: undefined },
  ...{ startedAt: startedAt === undefined ? undefined : new Date(startedAt) },
  shards: { total: 0, successful: 0, failed: 0 },
});
const part = (number: number, startedAt?: number, { id = 'b', version = '3.9.0', of = 2 } = {}) =>
  snapshot(`camunda_optimize_${id}_${version}_part_${number}_of_${of}`, startedAt);

const found = (...snapshots: readonly Snapshot[]) => foundSets(optimize, 'b', snapshots);

describe('the sets of an id', () => {
  it('hold their snapshots by the number of the part', () => {
    const [one, two] = [part(1, 1), part(2, 2)];
    expect(found(two, one)).toEqual([
      {
        backupId: 'b',
        optimizeVersion: '3.9.0',
        of: 2,
        snapshots: [
          { ...one, number: 1 },
          { ...two, number: 2 },
        ],
      },
    ]);
  });

  it.each([
    ['of a longer id', part(1, 1, { id: 'b_c' })],
    ['of another id', part(1, 1, { id: 'c' })],
    ['of another product', snapshot('camunda_operate_b_3.9.0_part_1_of_2')],
    ['whose name says no part', snapshot('camunda_optimize_b_3.9.0')],
  ])('hold no snapshot %s', (_, strange) => {
    expect(found(strange)).toEqual([]);
  });

  it.each([
    ['versions', part(1, 1, { version: '3.9.0' }), part(2, 2, { version: '3.9.1' })],
    ['counts of parts', part(1, 1, { of: 2 }), part(2, 2, { of: 3 })],
  ])('are two where two %s are named: parts of one never complete the other', (_, one, two) => {
    expect(found(one, two).map(({ snapshots }) => snapshots.map(({ name }) => name))).toEqual([[two.name], [one.name]]);
  });

  it('are listed with the newest first, by the start of the first snapshot', () => {
    const of = (version: string, ...starts: readonly (number | undefined)[]) =>
      starts.map((startedAt, at) => part(at + 1, startedAt, { version }));
    const sets = found(...of('1', 20, 50), ...of('2', 30, 31), ...of('3'), ...of('4', undefined, 90), ...of('5', 10));
    expect(sets.map(({ optimizeVersion }) => optimizeVersion)).toEqual(['2', '1', '5', '4']);
    expect(sets.map(startOf)).toEqual([30, 20, 10, 0]);
  });
});
