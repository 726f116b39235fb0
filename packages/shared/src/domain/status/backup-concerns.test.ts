import { expect, it } from 'vitest';
import { type BackupFacts, backupConcerns, type CheckedBackup } from './backup-concerns.ts';

const DAY_MS = 86_400_000;
const backup = (backupId: string, state: CheckedBackup['state'], ageMs = DAY_MS): CheckedBackup => ({
  ...{ backupId, state, ageMs },
});
const well: BackupFacts = {
  checked: [backup('new', 'COMPLETED')],
  unchecked: false,
  proven: { backupId: 'old', ageMs: 30 * DAY_MS },
  failed: undefined,
  driftedParts: 0,
  rolledBack: false,
};

it('has none where the last backup is complete, young, and one was proven', () => {
  expect(backupConcerns(well)).toEqual([]);
});

it.each<[string, Partial<BackupFacts>, readonly string[]]>([
  ['no backup', { checked: [], proven: undefined }, ['no-completed-backup -> not-protected']],
  ['no backup in a rolled-back history', { checked: [], rolledBack: true }, ['no-completed-backup -> unknown']],
  [
    'a failed one only',
    { checked: [], failed: { backupId: 'a', count: 1 } },
    ['no-completed-backup -> not-protected', 'backup-failed -> at-risk a'],
  ],
  [
    'the last one lost, one before it complete',
    { checked: [backup('a', 'INCOMPLETE'), backup('b', 'COMPLETED')] },
    ['backup-lost -> at-risk a'],
  ],
  [
    'every one lost',
    { checked: [backup('a', 'INCOMPLETE'), backup('b', 'INCOMPATIBLE')] },
    ['backup-lost -> at-risk a', 'backup-lost -> at-risk b', 'no-completed-backup -> not-protected'],
  ],
  [
    'every checked one lost',
    { checked: [backup('a', 'FAILED')], unchecked: true },
    ['backup-lost -> at-risk a', 'no-completed-backup -> unknown'],
  ],
  ['one that could not be read', { checked: [backup('a', undefined)] }, ['backup-unverified -> unknown a']],
  ['an old one', { checked: [backup('a', 'COMPLETED', 8 * DAY_MS)] }, ['backup-old -> at-risk a']],
  ['none proven', { proven: undefined }, ['never-proven -> at-risk new']],
  ['an old proof', { proven: { backupId: 'a', ageMs: 91 * DAY_MS } }, ['proof-old -> at-risk a']],
  ['failures since', { failed: { backupId: 'a', count: 2 } }, ['backup-failed -> at-risk a']],
  ['drifted parts', { driftedParts: 3 }, ['parts-drifted -> at-risk']],
])('of %s', (_, change, expected) => {
  const concerns = backupConcerns({ ...well, ...change });
  expect(concerns.map(({ code, leadsTo, backupId }) => `${code} -> ${leadsTo} ${backupId ?? ''}`.trim())).toEqual(
    expected,
  );
});

it('says what was found and what to do', () => {
  const facts = { checked: [backup('a', 'INCOMPLETE'), backup('b', 'COMPLETED', 9.5 * DAY_MS)], proven: undefined };
  const messages = backupConcerns({ ...well, ...facts, failed: { backupId: 'c', count: 2 } }).map(
    ({ message }) => message,
  );
  expect(messages).toEqual([
    'Backup a was COMPLETED and is INCOMPLETE now: it cannot be restored. GET /api/v1/backups/a shows its parts.',
    'The last completed backup, b, is 9 days old: more than 7 days.',
    '2 backups failed, the last one is c, since the last completed one. GET /api/v1/backups/c shows why.',
    'No backup was proven restorable. Rehearse one: POST /api/v1/backups/b/rehearse.',
  ]);
});
