import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BACKUP_ORIGINS, BACKUP_STATES, DRIFTS, PART_STATES } from '@tandem/shared/domain/backup/backup.ts';
import { OPERATION_KINDS, OPERATION_STATES } from '@tandem/shared/domain/operation/operation.ts';
import { expect, it } from 'vitest';

const migrations = fileURLToPath(new URL('../prisma/migrations', import.meta.url));
const sql = globSync('*/migration.sql', { cwd: migrations })
  .sort()
  .map((file) => readFileSync(`${migrations}/${file}`, 'utf8'))
  .join('\n');

/** The values that a constraint allows since the last migration that names it. */
const allowedBy = (constraint: string): readonly string[] => {
  const checks = [...sql.matchAll(new RegExp(`"${constraint}" CHECK \\(\\w+ IN \\(([^)]*)\\)`, 'g'))];
  return [...(checks.at(-1)?.[1] ?? '').matchAll(/'([^']*)'/g)].map(([, value]) => value ?? '');
};

it.each([
  ['operation_kind_known', OPERATION_KINDS],
  ['operation_state_known', OPERATION_STATES],
  ['backup_state_known', BACKUP_STATES],
  ['backup_origin_known', BACKUP_ORIGINS],
  ['part_state_known', PART_STATES],
  ['part_drift_known', DRIFTS],
] as const)('%s allows what the code knows: a new value needs a migration', (constraint, values) => {
  expect(allowedBy(constraint).toSorted()).toEqual([...values].toSorted());
});
