import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generatedClient } from './generated-client.ts';

it('the client has the types that `npm run docs` generates from the routes', async () => {
  for (const [name, generated] of Object.entries(await generatedClient())) {
    const committed = readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
    // not toBe: the difference of 15,000 lines says less than the sentence
    expect(committed === generated, `${name} is out of date: run \`npm run docs\``).toBe(true);
  }
});
