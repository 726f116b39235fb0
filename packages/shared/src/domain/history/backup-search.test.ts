import { describe, expect, it } from 'vitest';
import { type BackupFilter, type BackupSort, fieldsThatNeedRange, searchWay } from './backup-search.ts';

const requested: BackupSort = { by: 'requested', newestFirst: true };
const ended: BackupSort = { by: 'ended', newestFirst: false };
const [from, to] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-02-01T00:00:00Z')];

const cases: readonly (readonly [BackupFilter, BackupSort, way: string, needRange: readonly string[]])[] = [
  [{}, requested, 'state', []],
  [{}, ended, 'state', []],
  [{ states: ['FAILED'] }, requested, 'state', []],
  [{ states: ['FAILED'] }, ended, 'state', []],
  [{ id: 'nightly', version: '3.9.0', index: 'a' }, ended, 'id', []],
  [{ part: 'nightly-1', repository: 'r' }, requested, 'part', []],
  [{ actor: 'sweep' }, requested, 'actor', []],
  [{ actor: 'sweep' }, ended, 'state', ['actor']],
  [{ actor: 'sweep', states: ['FAILED'] }, requested, 'actor', ['states']],
  [{ held: true }, requested, 'held', []],
  [{ held: true, actor: 'sweep' }, requested, 'held', ['actor']],
  [{ held: true }, ended, 'state', ['held']],
  [{ held: false }, requested, 'state', ['held']],
  [{ version: undefined } as unknown as BackupFilter, requested, 'state', []],
  [{ deleted: true }, requested, 'deleted', []],
  [{ deleted: false, provenBefore: from }, requested, 'living', []],
  [{ deleted: true, provenBefore: from }, requested, 'deleted', ['provenBefore']],
  [{ deleted: false }, ended, 'state', ['deleted']],
  [{ version: '3.9.0', repository: 'r' }, requested, 'state', ['version', 'repository']],
  [{ version: '3.9.0', requestedFrom: from }, requested, 'state', ['version']],
  [{ version: '3.9.0', requestedFrom: from, requestedTo: to }, requested, 'state', []],
  [{ endedFrom: from, endedTo: to }, requested, 'state', ['endedFrom', 'endedTo']],
  [{ endedFrom: from, endedTo: to, minDurationMs: 1 }, ended, 'state', []],
  [{ requestedFrom: from, requestedTo: to, bytesFrom: 1, bytesTo: 2 }, requested, 'state', []],
  [{ bytesFrom: 1, bytesTo: 2, requestedTo: to }, requested, 'state', ['bytesFrom', 'bytesTo']],
  [{ requestedTo: to }, requested, 'state', []],
];

describe('the way of a search', () => {
  it.each(cases)('%j by %j: %s, and %j need a range', (filter, sort, way, needRange) => {
    expect(searchWay(filter, sort)).toBe(way);
    expect(fieldsThatNeedRange(filter, sort)).toEqual(needRange);
  });
});
