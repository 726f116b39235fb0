import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { settingsTable } from './settings-table.ts';

it('matches docs/settings.md', () => {
  const docs = readFileSync(new URL('../../../../docs/settings.md', import.meta.url), 'utf8');
  expect(docs, 'docs/settings.md is out of date: run `npm run docs`').toContain(settingsTable());
});
