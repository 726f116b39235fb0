import { expect, it } from 'vitest';
import type { PlanFacts, RestoreRequest } from '../plan-facts.ts';
import { ALERTS, clearFacts, inPlace, POSITIONS } from '../restore-plan.fixture.ts';
import { workBlockers } from './work-blockers.ts';

const restores = [{ part: 2, index: ALERTS, as: ALERTS, documents: null, bytes: null }];
const existing = [{ name: POSITIONS, uuid: 'i1', open: true, primaries: 1, replicas: 0 }];
const blockers = (facts: Partial<PlanFacts>, request: Partial<RestoreRequest> = {}) =>
  workBlockers({ ...inPlace, ...request }, { ...clearFacts, existing, ...facts }, restores);
const found = (facts: Partial<PlanFacts>, request: Partial<RestoreRequest> = {}) =>
  blockers(facts, request).map((blocker) => [blocker.code, blocker.found]);
const rename = { pattern: '(.+)', replacement: 'copy-$1' };
const other = { operationId: 'o', backupId: 'c' };

it.each<[string, readonly string[], boolean]>([
  ['an index that is restored, and of others', ['x', ALERTS], true],
  ['an index that is there, and of others', [POSITIONS, 'x'], true],
  ['other indices', ['x'], false],
  ['no index', [], false],
])('a running snapshot of %s', (_, indices, blocks) => {
  const expected = [['SNAPSHOT_RUNNING', ['backups/nightly']]];
  const running = [
    { repository: 'backups', name: 'nightly', indices },
    { repository: 'backups', name: 'of-others', indices: ['y'] },
  ];
  expect(found({ runningSnapshots: running })).toEqual(blocks ? expected : []);
});

it('names the creates and the restore that are open', () => {
  expect(found({ openCreates: [other], openRestore: { operationId: 'r', backupId: 'd' } })).toEqual([
    ['BACKUP_RUNNING', ['c (operation o)']],
    ['RESTORE_RUNNING', ['d (operation r)']],
  ]);
});

it('lets a restore under other names run beside Optimize and beside creates, and not beside another restore', () => {
  const facts = { optimizeAnswersAt: 'http://127.0.0.1:8090', openCreates: [other] };
  expect(found(facts).map(([code]) => code)).toEqual(['OPTIMIZE_RUNNING', 'BACKUP_RUNNING']);
  expect(found(facts, { rename })).toEqual([]);
  expect(found({ openRestore: other }, { rename }).map(([code]) => code)).toEqual(['RESTORE_RUNNING']);
});

it.each<[string, Partial<PlanFacts>, Partial<RestoreRequest>]>([
  ['nothing else is open', {}, {}],
  ['another create is', { openCreates: [other] }, {}],
  ['another create is, and the restore is under other names', { openCreates: [other] }, { rename }],
  ['another restore is', { openRestore: other }, {}],
])('the backup is busy with its own operation where %s', (_, facts, request) => {
  const openOperation = { operationId: 'd', kind: 'delete', suspended: false } as const;
  const busy = blockers({ ...facts, openOperation }, request).at(-1);
  expect(busy).toMatchObject({
    ...{ code: 'BACKUP_BUSY', found: ['b (delete, operation d)'] },
    message: 'Another operation of the backup is open, and it has one at a time.',
    remedy: 'Wait until it has ended, or cancel it.',
  });
});
