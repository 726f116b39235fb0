import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { mutations } from './mutations.ts';

it('each deliberate defect has one row in MUTATIONS.md', async () => {
  const documented = await readFile(new URL('../../MUTATIONS.md', import.meta.url), 'utf8');
  const rows = [...documented.matchAll(/^\| `([a-z-]+)`/gm)].map(([, name]) => name);
  expect(rows.toSorted()).toEqual(Object.keys(mutations).toSorted());
});
