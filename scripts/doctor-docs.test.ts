import { readFileSync } from 'node:fs';
import { DOCTOR_CHECKS } from '@tandem/shared/domain/doctor/finding.ts';
import { expect, it } from 'vitest';

it('docs/doctor.md has a row for every check of the doctor, in their order', () => {
  const page = readFileSync(new URL('../docs/doctor.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, check]) => check);
  expect(rows.filter((row) => row !== 'ok' && row !== 'warn' && row !== 'fail')).toEqual(DOCTOR_CHECKS);
});
