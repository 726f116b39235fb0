import { readFileSync } from 'node:fs';
import { DYNAMIC_CONTENTS, INDEX_CONTENTS, STATIC_CONTENTS } from '@tandem/shared/domain/ownership/index-catalogue.ts';
import { BLOCKER_CODES } from '@tandem/shared/domain/restore/plan/blockers/blocker.ts';
import { WARNING_CODES } from '@tandem/shared/domain/restore/plan/warnings/warning.ts';
import { expect, it } from 'vitest';

const docs = readFileSync(new URL('../docs/restore.md', import.meta.url), 'utf8');

/** The code of each row of the first table below that heading. */
const documentedCodes = (heading: string): readonly string[] => {
  const [, section = ''] = docs.split(`\n## ${heading}\n`);
  const [table = ''] = /^\|.*(?:\n\|.*)*/m.exec(section) ?? [];
  return [...table.matchAll(/^\| `([A-Z_]+)` \| \S/gm)].map(([, code]) => String(code));
};

it.each([
  ['Blockers', BLOCKER_CODES],
  ['Warnings', WARNING_CODES],
])('docs/restore.md explains each code of a plan once, in its order: %s', (heading, codes) => {
  expect(documentedCodes(heading)).toEqual(codes);
});

it('docs/restore.md lists every index of the catalogue under its content', () => {
  const [, section = ''] = docs.split('\n### What fits together\n');
  const [table = ''] = /^\|.*(?:\n\|.*)*/m.exec(section) ?? [];
  const rows = [...table.matchAll(/^\| `([a-z]+)`: [^|]+\| ([^|]+) \|$/gm)];
  const families = Object.entries(DYNAMIC_CONTENTS).map(([name, content]) => [`${name}-…`, content]);
  const catalogue = [...Object.entries(STATIC_CONTENTS), ...families];
  expect(rows.map(([, content]) => content)).toEqual(INDEX_CONTENTS);
  for (const [, content, names = ''] of rows) {
    const listed = catalogue.filter(([, one]) => one === content).map(([name]) => name);
    expect(names.replaceAll('`', '').split(', ')).toEqual(listed.sort());
  }
});
