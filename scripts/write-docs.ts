import { readFileSync, writeFileSync } from 'node:fs';
import { generatedTables, withTables } from './docs/tables.ts';

// npm run docs: writes the tables of settings and failure codes into docs/, from the rows in the code

for (const [name, tables] of Object.entries(generatedTables())) {
  const file = new URL(`../${name}`, import.meta.url);
  writeFileSync(file, withTables(readFileSync(file, 'utf8'), tables));
}
