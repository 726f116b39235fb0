import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generatedTables, withTables } from './tables.ts';

it.each(Object.entries(generatedTables()))('%s has the tables that `npm run docs` writes', (name, tables) => {
  const docs = readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  expect(withTables(docs, tables), `${name} is out of date: run \`npm run docs\``).toBe(docs);
});

it('leaves everything but the tables as it is', () => {
  expect(withTables('# A\n\n| a |\n|---|\n\nB | c\n\n| |\n', ['| b |', '| d |'])).toBe(
    '# A\n\n| b |\n\nB | c\n\n| d |\n',
  );
  expect(() => withTables('# A\n\n| a |\n', [])).toThrow('1 tables found, 0 expected');
});
