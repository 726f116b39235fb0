import { readFileSync } from 'node:fs';
import { SHOWN_PART_STATES } from '@tandem/shared/domain/backup/state/shown-part.ts';
import { shownStep } from '@tandem/shared/domain/history/stored-names.ts';
import { OPERATION_STATES } from '@tandem/shared/domain/operation/operation.ts';
import { SUSPENSION_CODES } from '@tandem/shared/domain/operation/suspension.ts';
import { RESTORE_STEPS } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { CONCERN_CODES, PROTECTIONS } from '@tandem/shared/domain/status/protection.ts';
import { expect, it } from 'vitest';

const docs = readFileSync(new URL('../docs/states.md', import.meta.url), 'utf8');

/** The names in the first column of the first table below that heading. */
const documented = (heading: string): readonly string[] => {
  const [, section = ''] = docs.split(`\n## ${heading}\n`);
  const [table = ''] = /^\|.*(?:\n\|.*)*/m.exec(section) ?? [];
  return [...table.matchAll(/^\| (`[^|]+) \| \S/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => String(name)),
  );
};

it.each([
  ['Operations', OPERATION_STATES],
  ['Parts', SHOWN_PART_STATES],
  ['Restores and rehearsals', RESTORE_STEPS.map((step) => shownStep(step))],
  ['Suspended operations', SUSPENSION_CODES],
  ['The status of the installation', PROTECTIONS],
  ['Concerns', CONCERN_CODES],
])('docs/states.md explains each name: %s', (heading, names) => {
  expect([...documented(heading)].sort()).toEqual([...names].sort());
});
