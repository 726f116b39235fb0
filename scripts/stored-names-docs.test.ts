import { readFileSync } from 'node:fs';
import {
  STORED_EVENT_KINDS,
  STORED_FIELDS,
  STORED_STEPS,
  STORED_TRIGGERS,
} from '@tandem/shared/domain/history/stored-names.ts';
import { expect, it } from 'vitest';

const docs = readFileSync(new URL('../docs/history.md', import.meta.url), 'utf8');
const { exportedBackup, event, proof } = STORED_FIELDS;
const names = [exportedBackup, event, proof, STORED_EVENT_KINDS, STORED_STEPS, STORED_TRIGGERS].flatMap(Object.entries);

it.each(names)('docs/history.md says that exports have %s for %s', (stored, shown) => {
  const row = docs.split('\n').find((line) => line.startsWith('| ') && line.includes(`\`${stored}\``));
  expect(row).toContain(`\`${shown}\``);
});
