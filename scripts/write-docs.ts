import { readFileSync, writeFileSync } from 'node:fs';
import { generatedClient } from './client/generated-client.ts';
import { generatedTables, withTables } from './docs/tables.ts';

// npm run docs: writes what is derived from the code: the tables of settings and failure codes in docs/, the types of packages/client

const inCheckout = (name: string): URL => new URL(`../${name}`, import.meta.url);

for (const [name, tables] of Object.entries(generatedTables())) {
  writeFileSync(inCheckout(name), withTables(readFileSync(inCheckout(name), 'utf8'), tables));
}
for (const [name, text] of Object.entries(await generatedClient())) writeFileSync(inCheckout(name), text);
